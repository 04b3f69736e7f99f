import * as z from 'zod';
import { type AuditEvent, monthOf } from '../../kernel/audit-event.ts';
import type { Position, TenantSession } from '../../kernel/session.ts';
import { parseAuditItem } from '../../model/audit-item.ts';
import { type AuditRange, keysBetween } from './audit-range.ts';

/** A tenant's audit events. Only `serve` adds them; nothing changes or removes them before they expire. */
export interface AuditEvents {
  /** Events of one month, newest first, without those that have expired. */
  inMonth(month: string, range: AuditRange, limit: number, nowMs: number, after?: Position): Promise<AuditPage>;
  /** The month in which the tenant was created: there is nothing before it. Read once per request. */
  firstMonth(): Promise<string>;
}
export interface AuditPage {
  readonly items: readonly AuditEvent[];
  readonly next?: Position;
}

const StoredTenant = z.object({ createdAt: z.iso.datetime() });

const readFirstMonth = async (session: TenantSession): Promise<string> =>
  monthOf(StoredTenant.parse(await session.get('status', 'status')).createdAt);

export const auditEventsOf = (session: TenantSession): AuditEvents => {
  const known: { firstMonth?: Promise<string> } = {};
  return {
    inMonth: async (month, range, limit, nowMs, after) => {
      const { items, next } = await session.list('audit', {
        month,
        ...(range.subject !== undefined && { index: 'by-subject' }),
        between: keysBetween(range),
        newestFirst: true,
        limit,
        ...(after && { after }),
      });
      return { items: items.flatMap((item) => parseAuditItem(item, nowMs) ?? []), ...(next && { next }) };
    },
    firstMonth: () => {
      known.firstMonth ??= readFirstMonth(session);
      return known.firstMonth;
    },
  };
};
