import { fail } from '../../kernel/errors.ts';
import { outranks, permissionsOf } from '../../kernel/permissions.ts';
import { toIso, type UseCase } from '../../kernel/use-case.ts';
import { viewOf } from '../../model/token-item.ts';
import type { Needs } from './needs.ts';
import type * as routes from './routes.ts';

/** Acts for the issuer's user with at most the issuer's role and permissions: a token never grants what its issuer lacks. */
export const issueToken: UseCase<typeof routes.issueToken, Needs> = async (
  { tokens, clock, mint, report },
  caller,
  { body },
) => {
  const role = body.role ?? caller.role;
  const wanted = body.scopes ?? permissionsOf[role];
  const narrowed = permissionsOf[caller.role].length > caller.permissions.length;
  // Scopes that the issuer lacks are refused when asked for by name, and left out when they only come with the role.
  if (outranks(role, caller.role) || body.scopes?.some((scope) => !caller.permissions.includes(scope))) {
    const { tenant, principal, credential } = caller;
    report({ event: 'token-exceeds-issuer', tenant, principal, credential });
    fail('token-exceeds-issuer');
  }
  const scopes = body.scopes ?? (narrowed ? wanted.filter((scope) => caller.permissions.includes(scope)) : undefined);
  const { id, token, hash } = await mint(caller.tenant, caller.principal);
  const now = clock.now();
  const issued = {
    id,
    name: body.name,
    user: caller.principal,
    issuedBy: caller.credential,
    role,
    ...(scopes && { scopes: [...scopes] }),
    hash,
    createdAt: toIso(now),
    validUntil: toIso(now + body.expiresInDays * 86_400_000),
    version: 1,
  };
  return {
    subject: id,
    writes: [tokens.issued(issued)],
    body: { ...viewOf(issued, now), token },
    details: { name: body.name, role, ...(scopes && { scopes }), expiresAt: issued.validUntil },
  };
};
