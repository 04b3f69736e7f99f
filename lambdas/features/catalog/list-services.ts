import type { UseCase } from '../../kernel/use-case.ts';
import { pageAnswer, parseCursor } from '../../model/cursor.ts';
import type { Needs } from './needs.ts';
import type * as routes from './routes.ts';
import { isServicePosition } from './services.ts';

/** A page can hold fewer services than asked for, or none, and still have a `next`: what it read did not all match. */
export const listServices: UseCase<typeof routes.listServices, Needs> = async (
  { services },
  { tenant },
  { limit, cursor, owner, tier, lifecycle },
) => {
  const filter = { owner, tier, lifecycle };
  const scope = { tenant, operation: 'listServices', filters: filter };
  const page = await services.list(filter, limit, parseCursor(scope, cursor, isServicePosition(filter)));
  return { body: pageAnswer(scope, page.items, page.next) };
};
