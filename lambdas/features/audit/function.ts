import { clock } from '../../platform/clock.ts';
import { serve } from '../../platform/serve.ts';
import { auditEventsOf } from './audit-events.ts';
import { exportAuditEvents } from './export-audit-events.ts';
import { listAuditEvents } from './list-audit-events.ts';
import type { Needs } from './needs.ts';
import * as routes from './routes.ts';

export const handler = serve<typeof routes, Needs>(routes, { listAuditEvents, exportAuditEvents }, (session) => ({
  events: auditEventsOf(session),
  clock,
}));
