import type { UseCase } from '../../kernel/use-case.ts';
import { pageAnswer, parseCursor } from '../../model/cursor.ts';
import type { Needs } from './needs.ts';
import type * as routes from './routes.ts';
import { isTeamPosition } from './teams.ts';

export const listTeams: UseCase<typeof routes.listTeams, Needs> = async (
  { teams },
  { tenant },
  { parent, limit, cursor },
) => {
  const scope = { tenant, operation: 'listTeams', filters: { parent } };
  const page = await teams.list(parent, limit, parseCursor(scope, cursor, isTeamPosition(parent)));
  return { body: pageAnswer(scope, page.items, page.next) };
};
