import * as z from 'zod';
import { EventId } from './id.ts';

/** Who did what to what, when and from where. Written in the same transaction as the change it tells of. */
export const AuditEvent = z
  .strictObject({
    id: EventId,
    at: z.iso.datetime(),
    /** `service.created` */
    action: z.string(),
    /** Id of the thing changed. */
    subject: z.string(),
    /** User id, or the verified ARN of an operator, which the API shows as `operator`. */
    principal: z.string(),
    /** Token id, where a token was used. */
    credential: z.string().optional(),
    address: z.string().optional(),
    requestId: z.string(),
    /** What changed: names of fields, never secret values. */
    details: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'AuditEvent' });
export type AuditEvent = z.infer<typeof AuditEvent>;

/** The month partition of an instant: `2026-11`. */
export const monthOf = (at: string): string => at.slice(0, 7);
