import type { UseCase } from '../../kernel/use-case.ts';
import { pageAnswer, parseCursor } from '../../model/cursor.ts';
import { viewOf } from '../../model/token-item.ts';
import type { Needs } from './needs.ts';
import type * as routes from './routes.ts';

/** Expired and revoked tokens are listed too, until they are removed 90 days after they expired. */
export const listTokens: UseCase<typeof routes.listTokens, Needs> = async (
  { tokens, clock },
  { tenant },
  { limit, cursor },
) => {
  const scope = { tenant, operation: 'listTokens' };
  const after = parseCursor(scope, cursor, ({ key, indexKey }) => key.startsWith('tok_') && indexKey === undefined);
  const page = await tokens.list(limit, after);
  const now = clock.now();
  return {
    body: pageAnswer(
      scope,
      page.tokens.map((token) => viewOf(token, now)),
      page.next,
    ),
  };
};
