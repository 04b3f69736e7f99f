import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent } from 'aws-lambda';
import type { SecurityEvent } from '../kernel/security-event.ts';
import { type Standing, standingOf } from '../model/credential.ts';
import { parseToken, type TokenParts } from '../model/token-format.ts';
import { clock } from '../platform/clock.ts';
import { environment } from '../platform/environment.ts';
import { log, reportSecurityEvent } from '../platform/log.ts';
import { observed } from '../platform/observed.ts';
import { hashOfNobody, isSecret } from '../platform/secret-hash.ts';
import { assertionOf } from './assertions.ts';
import { readCredential, stampLastUsed } from './credential-store.ts';
import { RememberedSecrets } from './remembered-secrets.ts';

const remembered = new RememberedSecrets(60_000, 2000);

/** The gateway turns exactly this message into its 401, and does not cache it. */
const unauthorized = (): Error => new Error('Unauthorized');

type Reason = Extract<SecurityEvent, { event: 'authentication-failed' }>['reason'];

const refuse = (reason: Reason, parts?: TokenParts): never => {
  reportSecurityEvent({
    event: 'authentication-failed',
    reason,
    ...(parts && { tenant: parts.tenant, principal: parts.user, credential: parts.credential }),
  });
  throw unauthorized();
};

/** Compares also when there is nothing to compare with, so that time tells nobody which credentials exist. */
const isProved = async (secret: string, hash: string | undefined): Promise<boolean> => {
  const now = clock.now();
  if (hash && remembered.has(secret, hash, now)) return true;
  const proved = await isSecret(secret, hash ?? hashOfNobody(environment.tokenCost()));
  if (proved && hash) remembered.add(secret, hash, now);
  return proved && hash !== undefined;
};

const stamp = async (parts: TokenParts, lastUsedAt: unknown): Promise<void> => {
  const hour = `${new Date(clock.now()).toISOString().slice(0, 13)}:00:00.000Z`;
  if (typeof lastUsedAt === 'string' && lastUsedAt >= hour) return;
  await stampLastUsed(parts, hour).catch((error: Error) => log('warn', 'last use not noted', { name: error.name }));
};

/**
 * Coarse on purpose: the gateway caches the answer under the credential and reuses it for every route. What the caller
 * may do is decided by `serve`, from the assertion.
 */
const policy = (
  effect: 'Allow' | 'Deny',
  methodArn: string,
  parts: TokenParts,
  assertion: string,
): APIGatewayAuthorizerResult => ({
  principalId: parts.user,
  policyDocument: {
    Version: '2012-10-17',
    Statement: [
      { Effect: effect, Action: 'execute-api:Invoke', Resource: `${methodArn.split('/').slice(0, 2).join('/')}/*` },
    ],
  },
  context: { tenant: parts.tenant, principal: parts.user, credential: parts.credential, assertion },
});

const assertionFor = (parts: TokenParts, standing: Extract<Standing, { stands: true }>): Promise<string> =>
  assertionOf(
    {
      ten: parts.tenant,
      sub: parts.user,
      cred: parts.credential,
      role: standing.role,
      perms: standing.permissions.join(' '),
    },
    clock.now(),
    environment.assertionSeconds(),
  );

/** Proves the credential and signs who the caller is. Everything it does not understand is refused. */
export const handler = observed(async (event: APIGatewayTokenAuthorizerEvent): Promise<APIGatewayAuthorizerResult> => {
  const parts = parseToken(event.authorizationToken?.replace(/^bearer /i, '') ?? '') ?? refuse('malformed');
  const items = await readCredential(parts);
  const hash = typeof items.token?.hash === 'string' ? items.token.hash : undefined;
  if (!(await isProved(parts.secret, hash))) refuse(hash ? 'wrong-secret' : 'unknown', parts);
  const standing = standingOf(items, clock.now());
  if (standing.stands) {
    const [assertion] = await Promise.all([assertionFor(parts, standing), stamp(parts, items.token?.lastUsedAt)]);
    return policy('Allow', event.methodArn, parts, assertion);
  }
  if (standing.reason !== 'tenant-suspended') return refuse(standing.reason, parts);
  const { tenant, user: principal, credential } = parts;
  reportSecurityEvent({ event: 'tenant-suspended-refused', tenant, principal, credential });
  return policy('Deny', event.methodArn, parts, '');
});
