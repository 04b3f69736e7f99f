import { fail } from '../../kernel/errors.ts';
import { outranks } from '../../kernel/permissions.ts';
import type { UseCase } from '../../kernel/use-case.ts';
import { revoked } from '../../model/token-item.ts';
import type { Needs } from './needs.ts';
import type * as routes from './routes.ts';

/**
 * The item stays, marked: its next use is then known for what it is. A token that is revoked already is not found. One of
 * a higher role than the caller's is not the caller's to revoke: an admin's token must not lock the owners out.
 */
export const revokeToken: UseCase<typeof routes.revokeToken, Needs> = async (
  { tokens, clock },
  caller,
  { tokenId },
) => {
  const token = await tokens.find(tokenId);
  if (!token || token.revokedAt) return fail('token-not-found');
  if (outranks(token.role, caller.role)) fail('permission-denied');
  return {
    subject: tokenId,
    writes: [tokens.replaced(revoked(token, clock.now()), token.version)],
    body: undefined,
    details: { name: token.name },
  };
};
