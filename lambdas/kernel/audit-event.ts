import * as z from 'zod';
import { EventId } from './id.ts';
import { Instant } from './instant.ts';

/** Who did what to what, when and from where. Written in the same transaction as the change it tells of. */
export const AuditEvent = z
  .strictObject({
    id: EventId,
    at: Instant,
    /** `service.created` */
    action: z.string().max(100),
    /** Id of the thing changed. */
    subject: z.string().max(100),
    /** User id, or the verified ARN of an operator, which the API shows as `operator`. */
    principal: z.string().max(2048),
    /** Token id, where a token was used. */
    credential: z.string().max(100).optional(),
    address: z.string().max(100).optional(),
    requestId: z.string().max(200),
    /** What changed: names of fields, never secret values. */
    details: z.record(z.string().max(200), z.unknown()).optional(),
  })
  .meta({ id: 'AuditEvent' });
export type AuditEvent = z.infer<typeof AuditEvent>;

/** The month partition of an instant: `2026-11`. */
export const monthOf = (at: string): string => at.slice(0, 7);
