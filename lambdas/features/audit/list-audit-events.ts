import type { UseCase } from '../../kernel/use-case.ts';
import { pageAnswer, parseCursor } from '../../model/cursor.ts';
import { isAuditPosition, rangeOf } from './audit-range.ts';
import type { Needs } from './needs.ts';
import type * as routes from './routes.ts';
import { walkEvents } from './walk-events.ts';

/** A page can hold fewer events than asked for, or none, and still have a `next`. */
export const listAuditEvents: UseCase<typeof routes.listAuditEvents, Needs> = async (
  { events, clock },
  { tenant },
  { from, to, subject, limit, cursor },
) => {
  const range = rangeOf({ from, to, subject });
  const nowMs = clock.now();
  const scope = { tenant, operation: 'listAuditEvents', filters: { ...range } };
  const page = await walkEvents(
    { events, range, limit, nowMs },
    parseCursor(scope, cursor, isAuditPosition(range, nowMs)),
  );
  return { body: pageAnswer(scope, page.items, page.next) };
};
