import { createPublicKey } from 'node:crypto';
import { GetPublicKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { jwtVerify } from 'jose';
import * as z from 'zod';
import { TenantId, TokenId, UserId } from '../kernel/id.ts';
import { isPermission, type Permission, roles } from '../kernel/permissions.ts';
import type { Caller } from '../kernel/use-case.ts';
import { assertionAudience, assertionIssuer } from '../model/assertion.ts';
import { watchAccess } from './access-watch.ts';
import { clock } from './clock.ts';
import { environment } from './environment.ts';

const Claims = z.object({
  ten: TenantId,
  sub: UserId,
  cred: TokenId,
  role: z.enum(roles),
  perms: z.string().transform((words) => words.split(' ').filter((word): word is Permission => isPermission(word))),
});

/** Why an assertion was refused: goes to the detections, never to the caller. */
export class AssertionRefused extends Error {}

type PublicKey = ReturnType<typeof createPublicKey>;
let publicKey: Promise<PublicKey> | undefined;

/** The authorizer's public key, read once per instance. A failed read is not remembered. */
const signingPublicKey = (): Promise<PublicKey> => {
  publicKey ??= watchAccess(new KMSClient({}))
    .send(new GetPublicKeyCommand({ KeyId: environment.signingKey() }))
    .then(({ PublicKey: der }) => createPublicKey({ key: Buffer.from(der ?? []), format: 'der', type: 'spki' }))
    .catch((error: unknown) => {
      publicKey = undefined;
      throw error;
    });
  return publicKey;
};

/**
 * The caller whom the authorizer proved and signed for this stage. Without a valid assertion there is no tenant: an
 * invocation that did not come through the authorizer gets nothing.
 * Source: RFC 7519, RFC 7518 section 3.4
 * @throws AssertionRefused
 */
export const verifyAssertion = async (assertion: unknown): Promise<Caller> => {
  if (typeof assertion !== 'string' || assertion === '') throw new AssertionRefused('missing');
  const key = await signingPublicKey();
  const verified = await jwtVerify(assertion, key, {
    algorithms: ['ES256'],
    issuer: assertionIssuer,
    audience: assertionAudience(environment.stage()),
    requiredClaims: ['exp', 'iat'],
    currentDate: new Date(clock.now()),
  }).catch((error: Error & { code?: string }) => {
    throw new AssertionRefused(error.code ?? error.name);
  });
  const claims = Claims.safeParse(verified.payload);
  if (!claims.success) throw new AssertionRefused('claims');
  const { ten, sub, cred, role, perms } = claims.data;
  return { tenant: ten, principal: sub, credential: cred, role, permissions: perms };
};
