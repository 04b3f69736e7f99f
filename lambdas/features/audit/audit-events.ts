import * as z from 'zod';
import { AuditEvent, monthOf } from '../../kernel/audit-event.ts';
import type { Item, Position, TenantSession } from '../../kernel/session.ts';
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

const StoredEvent = z.object({ ...AuditEvent.shape, schema: z.literal(1), expiresAt: z.number() });
const StoredTenant = z.object({ createdAt: z.iso.datetime() });

/** Tenants see that an operator acted; which identity of the account it was, and from where, stays in the table. */
const shown = ({ address, ...event }: AuditEvent): AuditEvent =>
  event.principal.startsWith('arn:') ? { ...event, principal: 'operator' } : { ...event, ...(address && { address }) };

const fromItem = (item: Item): { readonly event: AuditEvent; readonly expiresMs: number } => {
  const { schema: _, expiresAt, ...event } = StoredEvent.parse(item);
  return { event: shown(event), expiresMs: expiresAt * 1000 };
};

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
      const kept = items.map(fromItem).filter(({ expiresMs }) => expiresMs > nowMs);
      return { items: kept.map(({ event }) => event), ...(next && { next }) };
    },
    firstMonth: () => {
      known.firstMonth ??= readFirstMonth(session);
      return known.firstMonth;
    },
  };
};
