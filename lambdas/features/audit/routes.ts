import * as z from 'zod';
import { AuditEvent } from '../../kernel/audit-event.ts';
import { defineRoute } from '../../kernel/define-route.ts';
import { Cursor, Limit, pageOf } from '../../model/words.ts';

export const listAuditEvents = defineRoute({
  method: 'GET',
  path: '/v1/audit-events',
  summary: 'List who changed what, newest first, by time and by subject',
  permission: 'audit:read',
  input: {
    query: z.strictObject({
      from: z.iso.datetime().optional().describe('Not before'),
      to: z.iso.datetime().optional().describe('Not after'),
      subject: z
        .string()
        .regex(/^[a-z]+_[0-9A-Za-z]{8,16}$/, 'expected an id')
        .optional()
        .describe('Id of the thing changed'),
      limit: Limit,
      cursor: Cursor,
    }),
  },
  answers: { status: 200, body: pageOf(AuditEvent).meta({ id: 'AuditEventPage' }) },
  errors: ['invalid-cursor'],
  touches: { audit: 'read', status: 'read' },
});
