import type { AuditEvent } from '../kernel/audit-event.ts';
import { putNew, type Write } from '../kernel/session.ts';

/** The write that adds an event to the tenant's audit trail. Kept for the days the stage says. */
export const auditWrite = (event: AuditEvent, retentionDays: number): Write =>
  putNew(
    'audit',
    `${event.at}#${event.id}`,
    {
      schema: 1,
      ...event,
      subjectKey: `${event.subject}#${event.at}#${event.id}`,
      expiresAt: Math.floor(Date.parse(event.at) / 1000) + retentionDays * 86_400,
    },
    'unavailable',
  );
