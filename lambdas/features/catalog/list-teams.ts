import type { UseCase } from '../../kernel/use-case.ts';
import { pageAnswer, parseCursor } from '../../model/cursor.ts';
import type { Needs } from './needs.ts';
import type * as routes from './routes.ts';
import { isTeamPosition } from './teams.ts';

export const listTeams: UseCase<typeof routes.listTeams, Needs> = async ({ teams }, { tenant }, { limit, cursor }) => {
  const scope = { tenant, operation: 'listTeams' };
  const page = await teams.list(limit, parseCursor(scope, cursor, isTeamPosition));
  return { body: pageAnswer(scope, page.items, page.next) };
};
