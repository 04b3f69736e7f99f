import * as z from 'zod';
import { AuditEvent } from '../../kernel/audit-event.ts';
import { defineRoute } from '../../kernel/define-route.ts';
import { Instant } from '../../kernel/instant.ts';
import { Cursor, Decimal, Limit, linesMost, pageOf } from '../../model/words.ts';

const filters = {
  from: Instant.optional().describe('Not before'),
  to: Instant.optional().describe('Not after'),
  subject: z
    .string()
    .regex(/^[a-z]+_[0-9A-Za-z]{8,16}$/, 'expected an id')
    .meta({ maxLength: 24, examples: ['svc_0000000000000000'] })
    .optional()
    .describe('Id of the thing changed'),
};

const Page = pageOf(AuditEvent, linesMost).meta({ id: 'AuditEventPage' });

export const listAuditEvents = defineRoute({
  method: 'GET',
  path: '/v1/audit-events',
  summary: 'List who changed what, newest first, by time and by subject',
  permission: 'audit:read',
  input: {
    query: z.strictObject({ ...filters, limit: Limit, cursor: Cursor }),
  },
  answers: { status: 200, body: Page },
  errors: ['invalid-cursor'],
  touches: { audit: 'read', status: 'read' },
});

export const exportAuditEvents = defineRoute({
  method: 'GET',
  path: '/v1/audit-events/export',
  summary: 'Export who changed what, newest first, thousands at once, as lines of JSON',
  permission: 'audit:read',
  input: {
    query: z.strictObject({
      ...filters,
      limit: Decimal(z.int().min(1).max(linesMost)).default(linesMost).describe('Most events in this answer'),
      cursor: Cursor,
    }),
  },
  answers: { status: 200, body: Page, lines: true },
  errors: ['invalid-cursor'],
  touches: { audit: 'read', status: 'read' },
});
