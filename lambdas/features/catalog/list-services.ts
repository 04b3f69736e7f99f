import type { UseCase } from '../../kernel/use-case.ts';
import { pageAnswer, parseCursor } from '../../model/cursor.ts';
import { withChildTeams } from './child-teams.ts';
import type { Needs } from './needs.ts';
import type * as routes from './routes.ts';
import { plan } from './service-plan.ts';
import { isServicePosition } from './walk-services.ts';

/** A page can hold fewer services than asked for, or none, and still have a `next`: what it read did not all match. */
export const listServices: UseCase<typeof routes.listServices, Needs> = async (
  { services, teams },
  { tenant },
  { limit, cursor, sort, owner, withChildTeams: isDeep, ...rest },
) => {
  const of = owner && isDeep === 'true' ? { owners: await withChildTeams(teams, owner) } : { owner };
  const filter = { ...rest, ...of };
  const scope = { tenant, operation: 'listServices', filters: { ...rest, sort, owner, withChildTeams: isDeep } };
  const after = parseCursor(scope, cursor, isServicePosition(plan(filter, sort)));
  const page = await services.list(filter, sort, limit, after);
  return { body: pageAnswer(scope, page.items, page.next) };
};
