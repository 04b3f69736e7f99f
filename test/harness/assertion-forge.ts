import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { joseSignature } from '../../lambdas/authorizer/sign-assertion.ts';
import type { TestTwin } from './twin.ts';

export type Claims = Readonly<Record<string, unknown>>;

const encoded = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');
const es256 = { alg: 'ES256', typ: 'JWT' };

/** The claims of an assertion, unverified. */
export const claimsIn = (assertion: string): Claims =>
  JSON.parse(Buffer.from(assertion.split('.')[1] ?? '', 'base64url').toString()) as Claims;

/** Header and claims in other words, under the signature of the original. */
export const altered = (assertion: string, claims: Claims, header: object = es256): string =>
  `${encoded(header)}.${encoded(claims)}.${assertion.split('.')[2]}`;

export const signedBy = (key: KeyObject, claims: Claims, header: object = es256): string => {
  const text = `${encoded(header)}.${encoded(claims)}`;
  return `${text}.${sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
};

export const unsigned = (claims: Claims, alg: string): string => `${encoded({ alg, typ: 'JWT' })}.${encoded(claims)}.`;

export const macOf = (claims: Claims, secret: string | Buffer): string => {
  const text = `${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded(claims)}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
};

/** A key pair as strong as the authorizer's, and not the authorizer's. */
export const strangersKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** Signs whatever claims with the authorizer's own key, as the authorizer's role: what only a broken authorizer would. */
export const authorizersSigner = async ({ addresses, control }: TestTwin) => {
  const kms = new KMSClient({
    endpoint: addresses.endpointUrl,
    region: addresses.region,
    credentials: await control.session('ringfence-local-authorizer'),
    systemClockOffset: (await control.now()) - Date.now(),
  });
  const exported = Object.values(addresses.outputs).flatMap((values) => Object.entries(values));
  const KeyId = exported.find(([name]) => name.includes('SigningKey'))?.[1] ?? '';
  return async (claims: Claims, header: object = es256): Promise<string> => {
    const text = `${encoded(header)}.${encoded(claims)}`;
    const { Signature } = await kms.send(
      new SignCommand({ KeyId, Message: Buffer.from(text), MessageType: 'RAW', SigningAlgorithm: 'ECDSA_SHA_256' }),
    );
    return `${text}.${Buffer.from(joseSignature(Signature ?? new Uint8Array())).toString('base64url')}`;
  };
};

/** The assertion that the real authorizer signs for a token. */
export const realAssertion = async ({ control }: TestTwin, token: string): Promise<string> => {
  const { payload } = await control.invoke('ringfence-local-authorizer', {
    type: 'TOKEN',
    methodArn: 'arn:aws:execute-api:us-east-1:000000000000:api/local/GET/v1/me',
    authorizationToken: `Bearer ${token}`,
  });
  return (payload as { context: { assertion: string } }).context.assertion;
};
