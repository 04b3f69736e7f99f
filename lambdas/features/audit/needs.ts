import type { Clock } from '../../kernel/use-case.ts';
import type { AuditEvents } from './audit-events.ts';

export interface Needs {
  readonly events: AuditEvents;
  readonly clock: Clock;
}
