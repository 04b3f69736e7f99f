import type { AuditEvent } from '../../kernel/audit-event.ts';
import type { UseCase } from '../../kernel/use-case.ts';
import { pageAnswer, parseCursor } from '../../model/cursor.ts';
import { isAuditPosition, rangeOf } from './audit-range.ts';
import type { Needs } from './needs.ts';
import type * as routes from './routes.ts';
import { walkEvents } from './walk-events.ts';

/** Events of one read. DynamoDB gives at most 1 MB a read, whatever is asked for. */
const readMax = 250;
/** Half of the 6 MB that Lambda answers, since quotes in the text are escaped there once more. What was read last may go
 *  beyond it by one read. Source: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const bytesMax = 2_500_000;
/** Reads in one call, also where they find little: it ends in time, and `next` goes on. */
const readsMax = 40;

/** What `listAuditEvents` lists, in the same order, much of it at once. */
export const exportAuditEvents: UseCase<typeof routes.exportAuditEvents, Needs> = async (
  { events, clock },
  { tenant },
  { from, to, subject, limit, cursor },
) => {
  const range = rangeOf({ from, to, subject });
  const nowMs = clock.now();
  const scope = { tenant, operation: 'exportAuditEvents', filters: { ...range } };
  const items: AuditEvent[] = [];
  let bytes = 0;
  let after = parseCursor(scope, cursor, isAuditPosition(range, nowMs));
  for (let reads = 1; ; reads += 1) {
    const page = await walkEvents({ events, range, limit: Math.min(readMax, limit - items.length), nowMs }, after);
    items.push(...page.items);
    bytes += Buffer.byteLength(JSON.stringify(page.items));
    after = page.next;
    if (!after || items.length >= limit || bytes > bytesMax || reads === readsMax)
      return { body: pageAnswer(scope, items, after) };
  }
};
