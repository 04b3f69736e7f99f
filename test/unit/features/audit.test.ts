import fc from 'fast-check';
import { auditEventsOf } from '../../../lambdas/features/audit/audit-events.ts';
import { monthBefore } from '../../../lambdas/features/audit/audit-range.ts';
import { exportAuditEvents } from '../../../lambdas/features/audit/export-audit-events.ts';
import { listAuditEvents } from '../../../lambdas/features/audit/list-audit-events.ts';
import { exportAuditEvents as exportRoute, listAuditEvents as route } from '../../../lambdas/features/audit/routes.ts';
import { AuditEvent } from '../../../lambdas/kernel/audit-event.ts';
import { TokenId, UserId } from '../../../lambdas/kernel/id.ts';
import { cursorFor } from '../../../lambdas/model/cursor.ts';
import { outcome, type Sent } from './catalog-world.ts';
import { memorySession } from './memory-session.ts';

const subjects = ['svc_AAAAAAAAAAAAAAAA', 'svc_BBBBBBBBBBBBBBBB', 'ten_AAAAAAAAAAAA'];

/** A tenant created in August 2025, and now is 15 November 2026. */
const auditWorld = (times: readonly string[] = []) => {
  const memory = memorySession();
  const { tenant } = memory.session;
  const nowMs = Date.UTC(2026, 10, 15, 12);
  memory.put('status/status', { id: tenant, state: 'active', createdAt: '2025-08-20T10:00:00.000Z' });
  const events = times.map((at, nth): AuditEvent => {
    const event = AuditEvent.parse({
      id: `evt_${String(nth).padStart(16, '0')}`,
      at,
      action: 'service.replaced',
      subject: subjects[nth % subjects.length],
      principal: 'usr_AAAAAAAA',
      requestId: `request-${nth}`,
    });
    const key = `${event.at}#${event.id}`;
    memory.put(`audit#${at.slice(0, 7)}/${key}`, {
      ...event,
      schema: 1,
      subjectKey: `${event.subject}#${key}`,
      expiresAt: nowMs / 1000 + 1,
    });
    return event;
  });
  const caller = {
    tenant,
    principal: UserId.parse('usr_AAAAAAAA'),
    credential: TokenId.parse('tok_AAAAAAAA00000000'),
    role: 'admin' as const,
    permissions: [],
  };
  const list = async (sent: Sent = {}) => {
    const needs = { events: auditEventsOf(memory.session), clock: { now: () => nowMs } };
    return (await listAuditEvents(needs, caller, route.input.query.parse(sent))).body;
  };
  const exported = async (sent: Sent = {}) => {
    const needs = { events: auditEventsOf(memory.session), clock: { now: () => nowMs } };
    return (await exportAuditEvents(needs, caller, exportRoute.input.query.parse(sent))).body;
  };
  const listAll = async (sent: Sent) => {
    const found: unknown[] = [];
    for (let cursor: string | undefined, pages = 0; pages < 500; pages += 1) {
      const page = await list({ ...sent, ...(cursor && { cursor }) });
      found.push(...page.items);
      cursor = page.next;
      if (!cursor) return found;
    }
    throw new Error('The list does not end.');
  };
  return { ...memory, tenant, nowMs, events, list, listAll, exported };
};

const times = fc
  .date({ min: new Date('2025-08-20T10:00:00Z'), max: new Date('2026-11-15T12:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

describe('listing audit events', () => {
  it('yields each event of the range once, newest first, whatever the page size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(times, { maxLength: 30 }),
        fc.option(times, { nil: undefined }),
        fc.option(times, { nil: undefined }),
        fc.option(fc.constantFrom(...subjects), { nil: undefined }),
        fc.integer({ min: 1, max: 7 }),
        async (all, one, other, subject, limit) => {
          const [from, to] = one && other && one > other ? [other, one] : [one, other];
          const world = auditWorld(all);
          const expected = world.events
            .filter(({ at }) => (from === undefined || from <= at) && (to === undefined || at <= to))
            .filter((event) => subject === undefined || event.subject === subject)
            .sort((a, b) => (a.at < b.at ? 1 : -1));
          expect(await world.listAll({ from, to, subject, limit })).toEqual(expected);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('includes both ends of the range', async () => {
    const world = auditWorld(['2026-03-01T00:00:00.000Z', '2026-03-31T23:59:59.999Z']);
    expect(await world.listAll({ from: '2026-03-01T00:00:00Z', to: '2026-03-31T23:59:59.999Z' })).toHaveLength(2);
    expect(await world.listAll({ from: '2026-03-01T00:00:00.001Z', to: '2026-03-31T23:59:59.998Z' })).toHaveLength(0);
  });

  it('visits at most twelve months, then says where to go on', async () => {
    const world = auditWorld(['2025-08-21T00:00:00.000Z']);
    const first = await world.list();
    expect(first.items).toEqual([]);
    expect(first.next).toBeDefined();
    expect(world.log.lists.map(({ month }) => month)).toEqual([
      '2026-11',
      '2026-10',
      '2026-09',
      '2026-08',
      '2026-07',
      '2026-06',
      '2026-05',
      '2026-04',
      '2026-03',
      '2026-02',
      '2026-01',
      '2025-12',
    ]);
    const second = await world.list({ cursor: first.next });
    expect(second.items).toEqual(world.events);
    expect(second.next).toBeUndefined();
    expect(world.log.lists.at(-1)?.month).toBe('2025-08');
  });

  it('reads one page and nothing else when that is full, and the tenant once when it is not', async () => {
    const world = auditWorld(['2026-11-01T00:00:00.000Z', '2026-11-02T00:00:00.000Z']);
    await world.list({ limit: 1 });
    expect([world.log.gets, world.log.lists.length]).toEqual([0, 1]);
    await world.list({ limit: 50 });
    expect(world.log.gets).toBe(1);
  });

  it('does not show an event that has expired and only waits to be removed', async () => {
    const world = auditWorld(['2026-11-01T00:00:00.000Z']);
    for (const [at, item] of world.all())
      if (at.startsWith('audit')) world.put(at, { ...item, expiresAt: world.nowMs / 1000 });
    expect(await world.listAll({})).toEqual([]);
  });

  it('refuses a range that ends before it begins, naming the field', async () => {
    const world = auditWorld();
    const reversed = world.list({ from: '2026-03-02T00:00:00Z', to: '2026-03-01T00:00:00Z' });
    await expect(reversed).rejects.toMatchObject({ code: 'invalid-request', fields: [{ field: 'query.from' }] });
  });

  it('ends at once for a range in the future or before the tenant', async () => {
    const world = auditWorld(['2026-11-01T00:00:00.000Z']);
    expect(await world.list({ from: '9998-01-01T00:00:00Z', to: '9999-01-01T00:00:00Z' })).toEqual({ items: [] });
    expect(await world.list({ to: '2020-01-01T00:00:00Z' })).toEqual({ items: [] });
    expect(await world.list({ to: '0000-01-01T00:00:00Z' })).toEqual({ items: [] });
    expect(world.log.lists).toHaveLength(3);
  });

  it.each([
    ['no time', 'alias#evt_0000000000000000'],
    ['no event', '2026-03-01T00:00:00.000Z#svc_0000000000000000'],
    ['a month that is none', '2026-13'],
    ['a later month', '2026-12'],
    ['an event beyond the range', '2026-04-02T00:00:00.000Z#evt_0000000000000000'],
    ['an event before the range', '2026-02-27T00:00:00.000Z#evt_0000000000000000'],
    ['a key with more behind it', '2026-03-01T00:00:00.000Z#evt_0000000000000000#'],
  ])('refuses a cursor with a right fingerprint and %s', async (_, key) => {
    const world = auditWorld();
    const filters = { from: '2026-02-28T00:00:00.000Z', to: '2026-04-01T00:00:00.000Z' };
    const cursor = cursorFor({ tenant: world.tenant, operation: 'listAuditEvents', filters }, { key });
    expect(await outcome(world.list({ ...filters, cursor }))).toBe('invalid-cursor');
    expect(world.log.lists).toHaveLength(0);
  });
});

it('knows the month before', () => {
  expect(['2026-11', '2026-10', '2026-01'].map(monthBefore)).toEqual(['2026-10', '2026-09', '2025-12']);
});

describe('exporting audit events', () => {
  type World = ReturnType<typeof auditWorld>;
  const exportAll = async (world: World, sent: Sent = {}) => {
    const answers = [];
    for (let cursor: string | undefined; ; ) {
      const page = await world.exported({ ...sent, ...(cursor && { cursor }) });
      answers.push(page);
      cursor = page.next;
      if (!cursor) return answers;
      if (answers.length > 500) throw new Error('The export does not end.');
    }
  };

  it('is the list, whatever the range and however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(times, { maxLength: 40 }),
        fc.option(times, { nil: undefined }),
        fc.option(fc.constantFrom(...subjects), { nil: undefined }),
        fc.integer({ min: 1, max: 50 }),
        async (all, from, subject, limit) => {
          const world = auditWorld(all);
          const exported = await exportAll(world, { from, subject, limit });
          expect(exported.flatMap(({ items }) => items)).toEqual(await world.listAll({ from, subject }));
          for (const { items } of exported) expect(items.length).toBeLessThanOrEqual(limit);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('of a huge trail is answered in parts that Lambda can answer, and ends', async () => {
    const count = 12_000;
    const world = auditWorld(
      Array.from({ length: count }, (_, nth) => new Date(Date.UTC(2026, 9, 1) + nth * 1000).toISOString()),
    );
    for (const [at, item] of world.all())
      if (at.startsWith('audit')) world.put(at, { ...item, details: { changed: ['x'.repeat(1000)] } });
    const exported = await exportAll(world);
    expect(exported.flatMap(({ items }) => items)).toHaveLength(count);
    for (const { items } of exported) {
      // As Lambda sends it: the body is a text in an object.
      const sent = JSON.stringify({ body: items.map((item) => `${JSON.stringify(item)}\n`).join('') });
      expect(Buffer.byteLength(sent)).toBeLessThan(6_000_000);
    }
    expect(exported.length).toBeLessThan(12);
  });

  it('of a tenant with nothing for years ends without reading for ever', async () => {
    const world = auditWorld([]);
    world.put('status/status', { id: world.tenant, state: 'active', createdAt: '1990-01-01T00:00:00.000Z' });
    const exported = await exportAll(world);
    expect(exported.flatMap(({ items }) => items)).toEqual([]);
    expect(exported.length).toBeLessThan(3);
  });

  it('takes no cursor of the list, nor the list one of the export', async () => {
    const world = auditWorld(['2026-11-01T00:00:00.000Z', '2026-11-02T00:00:00.000Z', '2026-11-03T00:00:00.000Z']);
    const listed = await world.list({ limit: 1 });
    const first = await world.exported({ limit: 1 });
    expect(await outcome(world.exported({ cursor: listed.next }))).toBe('invalid-cursor');
    expect(await outcome(world.list({ cursor: first.next }))).toBe('invalid-cursor');
  });
});
