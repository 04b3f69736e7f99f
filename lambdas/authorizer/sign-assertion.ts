import { KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { assertionAudience, assertionIssuer } from '../model/assertion.ts';
import { watchAccess } from '../platform/access-watch.ts';
import { environment } from '../platform/environment.ts';

/** What an assertion says. Times in seconds since the epoch. */
export interface Claims {
  readonly ten: string;
  readonly sub: string;
  readonly cred: string;
  readonly role: string;
  readonly perms: string;
}

const base64url = (data: object | Uint8Array): string =>
  Buffer.from(data instanceof Uint8Array ? data : JSON.stringify(data)).toString('base64url');

/** KMS answers DER (RFC 3279); JWS wants r and s as 32 bytes each (RFC 7518 section 3.4). */
export const joseSignature = (der: Uint8Array): Uint8Array => {
  const bytes = Buffer.from(der);
  const raw = Buffer.alloc(64);
  let at = 2;
  for (const end of [32, 64]) {
    const length = bytes[at + 1] ?? 0;
    const number = bytes.subarray(at + 2, at + 2 + length);
    const digits = number.subarray(Math.max(0, number.length - 32));
    digits.copy(raw, end - digits.length);
    at += 2 + length;
  }
  return raw;
};

let kms: KMSClient | undefined;

/** Signs with the key that only this function may use. One KMS call. Source: RFC 7515 */
export const signAssertion = async (claims: Claims, nowSeconds: number, lifetimeSeconds: number): Promise<string> => {
  kms ??= watchAccess(new KMSClient({}));
  const signed = [
    base64url({ alg: 'ES256', typ: 'JWT' }),
    base64url({
      ...claims,
      iss: assertionIssuer,
      aud: assertionAudience(environment.stage()),
      iat: nowSeconds,
      exp: nowSeconds + lifetimeSeconds,
    }),
  ].join('.');
  const { Signature: der } = await kms.send(
    new SignCommand({
      KeyId: environment.signingKey(),
      Message: Buffer.from(signed),
      MessageType: 'RAW',
      SigningAlgorithm: 'ECDSA_SHA_256',
    }),
  );
  if (!der) throw new Error('KMS answered without a signature.');
  return `${signed}.${base64url(joseSignature(der))}`;
};
