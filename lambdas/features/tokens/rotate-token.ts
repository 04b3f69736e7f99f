import { fail } from '../../kernel/errors.ts';
import { outranks, permissionsOf } from '../../kernel/permissions.ts';
import { toIso, type UseCase } from '../../kernel/use-case.ts';
import { endingAt, viewOf } from '../../model/token-item.ts';
import type { Needs } from './needs.ts';
import type * as routes from './routes.ts';

/**
 * A new token in the place of one, for the same user and with the same role and scopes; the old one is good for the
 * overlap, so that whoever uses it can change over without a gap. Only for tokens of the caller's own user, and, as
 * when a token is issued, none that may do more than the caller: rotation must not be a way to somebody else's rights.
 */
export const rotateToken: UseCase<typeof routes.rotateToken, Needs> = async (
  { tokens, clock, mint, report },
  caller,
  { tokenId, body },
) => {
  const now = clock.now();
  const old = await tokens.find(tokenId);
  if (!old || viewOf(old, now).state !== 'active') return fail('token-not-found');
  if (old.user !== caller.principal) fail('permission-denied');
  const may = old.scopes ?? permissionsOf[old.role];
  if (outranks(old.role, caller.role) || may.some((one) => one !== 'me:read' && !caller.permissions.includes(one))) {
    const { tenant, principal, credential } = caller;
    report({ event: 'token-exceeds-issuer', tenant, principal, credential });
    fail('token-exceeds-issuer');
  }
  const { id, token, hash } = await mint(caller.tenant, caller.principal);
  const issued = {
    id,
    name: old.name,
    user: old.user,
    issuedBy: caller.credential,
    role: old.role,
    ...(old.scopes && { scopes: [...old.scopes] }),
    hash,
    createdAt: toIso(now),
    validUntil: toIso(now + body.expiresInDays * 86_400_000),
    version: 1,
  };
  const ending = endingAt(old, now + body.overlapSeconds * 1000);
  return {
    subject: old.id,
    writes: [tokens.issued(issued), tokens.replaced(ending, old.version)],
    body: { ...viewOf(issued, now), token },
    details: { name: old.name, replacedBy: id, until: ending.validUntil, expiresAt: issued.validUntil },
  };
};
