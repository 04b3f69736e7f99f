import { defineDetection } from '../detecting/detection.ts';
import { reported } from '../detecting/lines.ts';
import { once, sample } from '../detecting/sample.ts';
import { atTheFirst, countsSecurityEvents } from '../detecting/signals.ts';

const changed = (what: 'overwritten' | 'deleted') =>
  reported({ event: 'audit-event-changed', what, tenant: 'tnt_one', subject: 'evt_one' }, 'archive');

/** The archive function sees the table's stream. Expiry is no change. What was written first is in the locked bucket. */
export const auditEventChanged = defineDetection({
  name: 'audit-event-changed',
  title: 'An audit event was overwritten, or deleted before its time.',
  severity: 'critical',
  technique: { id: 'T1070', name: 'Indicator Removal' },
  impact: "A customer's audit events no longer say what happened; the original is in the locked bucket.",
  firstCommand: (stage) => `npx ringfence audit verify --stage ${stage.name}`,
  closes: 'person',
  reports: ['audit-changes-by-tenant'],
  delay: "seconds: the table's stream, then embedded metrics",
  signal: () => countsSecurityEvents('AuditEventChanged', atTheFirst),
  samples: () => ({
    hits: [sample('one overwritten', once(changed('overwritten'))), sample('one deleted', once(changed('deleted')))],
    misses: [
      sample(
        'a refused caller',
        once(
          reported({
            event: 'authorization-refused',
            tenant: 'tnt_one',
            principal: 'usr_one',
            credential: 'tok_one',
            operation: 'listAuditEvents',
            permission: 'audit:read',
            firstOnRoute: 'yes',
          }),
        ),
      ),
    ],
    nearMisses: [
      sample(
        'an attempt that IAM refused',
        once(
          reported({
            event: 'tenant-boundary-touched',
            tenant: 'tnt_one',
            service: 'DynamoDBClient',
            action: 'DeleteItemCommand',
          }),
        ),
      ),
    ],
  }),
});
