import { fail } from '../../kernel/errors.ts';
import type { UseCase } from '../../kernel/use-case.ts';
import { revoked } from '../../model/token-item.ts';
import type { Needs } from './needs.ts';
import type * as routes from './routes.ts';

/** The item stays, marked: its next use is then known for what it is. A token that is revoked already is not found. */
export const revokeToken: UseCase<typeof routes.revokeToken, Needs> = async (
  { tokens, clock },
  _caller,
  { tokenId },
) => {
  const token = await tokens.find(tokenId);
  if (!token || token.revokedAt) return fail('token-not-found');
  return {
    subject: tokenId,
    writes: [tokens.replaced(revoked(token, clock.now()), token.version)],
    body: undefined,
    details: { name: token.name },
  };
};
