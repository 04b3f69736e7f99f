import { type AuditEvent, monthOf } from '../../kernel/audit-event.ts';
import type { Position } from '../../kernel/session.ts';
import type { AuditEvents, AuditPage } from './audit-events.ts';
import { type AuditRange, isMonthStart, monthBefore, newestMonth } from './audit-range.ts';

/** Months are partitions, each a read. A request visits no more of them; `next` goes on with the month before. */
const visitedMonthsMax = 12;

export interface Walk {
  readonly events: AuditEvents;
  readonly range: AuditRange;
  readonly limit: number;
  readonly nowMs: number;
}

/** Whether nothing older can match. Reads when the tenant was created only if the range does not say. */
const endsBefore = async (month: string, { events, range }: Walk): Promise<boolean> =>
  (range.from !== undefined && month < monthOf(range.from)) || month < (await events.firstMonth());

/**
 * From a position, or the newest event, month by month to older ones, until the page is full. It can hold fewer events
 * than asked for, or none, and still have a `next`.
 */
export const walkEvents = async (visit: Walk, from: Position | undefined): Promise<AuditPage> => {
  const { events, range, limit, nowMs } = visit;
  const items: AuditEvent[] = [];
  let month = from ? monthOf(from.key) : newestMonth(range, nowMs);
  let after = from && !isMonthStart(from) ? from : undefined;
  for (let visited = 0; visited < visitedMonthsMax && items.length < limit; visited += 1) {
    const page = await events.inMonth(month, range, limit - items.length, nowMs, after);
    items.push(...page.items);
    if (page.next) return { items, next: page.next };
    month = monthBefore(month);
    after = undefined;
    if (await endsBefore(month, visit)) return { items };
  }
  return { items, next: { key: month } };
};
