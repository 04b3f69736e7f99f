import type { Group } from '../command-line/command.ts';
import { auditExport } from './audit-export.ts';
import { auditVerify } from './audit-verify.ts';
import { list } from './of-route/list.ts';

export const audit: Group = {
  name: 'audit',
  summary: 'Who changed what: a tenant reads its audit events, operators verify the archive of all',
  commands: [
    list({
      operation: 'listAuditEvents',
      what: 'audit events',
      columns: [
        ['at', 'whole'],
        ['action', 'whole'],
        ['subject', 'whole'],
        ['principal', 'whole'],
        ['credential', 'whole'],
        ['address', 'cut'],
      ],
      example: 'ringfence audit list --from 2026-11-01T00:00:00Z --limit 50',
    }),
    auditExport,
    auditVerify,
  ],
};
