import type { UseCase } from '../../kernel/use-case.ts';
import { pageAnswer, parseCursor } from '../../model/cursor.ts';
import type { Needs } from './needs.ts';
import { isRepositoryPosition } from './repositories.ts';
import type * as routes from './routes.ts';

export const listRepositories: UseCase<typeof routes.listRepositories, Needs> = async (
  { repositories },
  { tenant },
  { owner, limit, cursor },
) => {
  const scope = { tenant, operation: 'listRepositories', filters: { owner } };
  const page = await repositories.list(owner, limit, parseCursor(scope, cursor, isRepositoryPosition(owner)));
  return { body: pageAnswer(scope, page.items, page.next) };
};
