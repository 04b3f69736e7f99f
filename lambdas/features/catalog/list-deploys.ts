import { fail } from '../../kernel/errors.ts';
import type { UseCase } from '../../kernel/use-case.ts';
import { pageAnswer, parseCursor } from '../../model/cursor.ts';
import { isDeployPosition } from './deploys.ts';
import type { Needs } from './needs.ts';
import type * as routes from './routes.ts';

/** Newest first. A page can hold fewer than asked for and still have a `next`: what has expired is left out. */
export const listDeploys: UseCase<typeof routes.listDeploys, Needs> = async (
  { services, deploys, clock },
  { tenant },
  { service: ref, limit, cursor },
) => {
  const { id } = (await services.find(ref)) ?? fail('service-not-found');
  const scope = { tenant, operation: 'listDeploys', filters: { service: id } };
  const after = parseCursor(scope, cursor, isDeployPosition(id));
  const page = await deploys.list(id, limit, clock.now(), after);
  return { body: pageAnswer(scope, page.items, page.next) };
};
