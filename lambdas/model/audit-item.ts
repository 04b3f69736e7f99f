import * as z from 'zod';
import { AuditEvent } from '../kernel/audit-event.ts';
import type { Item } from '../kernel/session.ts';

const StoredEvent = z.object({ ...AuditEvent.shape, schema: z.literal(1), expiresAt: z.number() });

/** Tenants see that an operator acted; which identity of the account it was, and from where, stays in the table. */
const shown = ({ address, ...event }: AuditEvent): AuditEvent =>
  event.principal.startsWith('arn:') ? { ...event, principal: 'operator' } : { ...event, ...(address && { address }) };

/** A kept event as its tenant may see it. Undefined for one that has expired and only waits for TTL. */
export const parseAuditItem = (item: Item, nowMs: number): AuditEvent | undefined => {
  const { schema: _, expiresAt, ...event } = StoredEvent.parse(item);
  return expiresAt * 1000 > nowMs ? shown(event) : undefined;
};
