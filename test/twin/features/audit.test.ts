import { contract } from '../../../lambdas/contract.ts';
import type { AuditEvent } from '../../../lambdas/kernel/audit-event.ts';
import { type Caller, callerOf } from '../../harness/caller.ts';
import { madeIn } from '../../harness/creations.ts';
import { linesIn } from '../../harness/http.ts';
import type { FreshTenant } from '../../harness/tenant.ts';
import { type TestTwin, workerTwin } from '../../harness/twin.ts';
import { urlOf, validRequest } from '../../harness/valid-request.ts';

let twin: TestTwin;
let tenant: FreshTenant;
let caller: Caller;

beforeAll(async () => {
  twin = await workerTwin();
  tenant = await twin.tenant();
  caller = callerOf(twin, tenant.token);
});

const tokenId = async (): Promise<string> => ((await caller.ask('GET', '/v1/me')).json as { token: string }).token;
const newest = async (): Promise<AuditEvent> => {
  const page = (await caller.ask('GET', '/v1/audit-events?limit=1')).json as { items: readonly AuditEvent[] };
  const [event] = page.items;
  if (!event) throw new Error('There is no audit event.');
  return event;
};

describe.each(contract.flatMap((route) => (route.audit ? [[route.operation, route.audit, route] as const] : [])))(
  '%s',
  (_operation, action, route) => {
    it('leaves one event: who did what to what, when, from where and in which request', async () => {
      const request = await validRequest(route, twin.addresses.apiUrl, tenant);
      const before = await caller.all<AuditEvent>('/v1/audit-events');
      const began = await twin.control.now();
      const reply = await caller.ask(route.method, urlOf(request), request);
      expect(reply.status).toBe(route.answers.status);
      const after = await caller.all<AuditEvent>('/v1/audit-events');
      expect(after).toHaveLength(before.length + 1);
      const event = await newest();
      expect(event).toMatchObject({
        action,
        subject: Object.values(request.pathParameters)[0] ?? madeIn(reply.json)[0],
        principal: tenant.owner,
        credential: await tokenId(),
        address: '127.0.0.1',
        requestId: reply.headers['x-amzn-requestid'],
      });
      expect(Date.parse(event.at)).toBeGreaterThanOrEqual(began);
      expect(Date.parse(event.at)).toBeLessThanOrEqual(await twin.control.now());
    });

    it('leaves none when it is refused', async () => {
      const request = await validRequest(route, twin.addresses.apiUrl, tenant);
      const before = await caller.all('/v1/audit-events');
      const reply = await caller.ask(route.method, `${urlOf(request)}?unknown=1`, request);
      expect(reply.status).toBe(400);
      expect(await caller.all('/v1/audit-events')).toEqual(before);
    });
  },
);

describe('audit events', () => {
  it('of a replacement name the fields that changed, never what was in them', async () => {
    const made = await caller.ask('POST', '/v1/services', { body: { name: 'Audited', description: 'Private words' } });
    const { id } = made.json as { id: string };
    const body = { name: 'Audited anew', description: 'Other words', tier: 2 };
    await caller.ask('PUT', `/v1/services/${id}`, { body, headers: [['If-Match', '"1"']] });
    const [replaced] = await caller.auditOf(id);
    expect(replaced).toMatchObject({
      action: 'service.replaced',
      details: { changed: ['description', 'name', 'tier'] },
    });
    expect(JSON.stringify(replaced)).not.toMatch(/words/);
  });

  it('are found by subject: the whole life of a thing, newest first, and nothing else', async () => {
    const { id } = (await caller.ask('POST', '/v1/teams', { body: { name: 'Life' } })).json as { id: string };
    await caller.ask('PUT', `/v1/teams/${id}`, { body: { name: 'Lives' }, headers: [['If-Match', '"1"']] });
    await caller.ask('DELETE', `/v1/teams/${id}`);
    const events = await caller.auditOf(id);
    expect(events.map(({ action }) => action)).toEqual(['team.deleted', 'team.replaced', 'team.created']);
    expect(new Set(events.map(({ subject }) => subject))).toEqual(new Set([id]));
  });

  it('are found by time, both ends included', async () => {
    const events = await caller.all<AuditEvent>('/v1/audit-events');
    const [last, first] = [events[2]?.at ?? '', events[6]?.at ?? ''];
    const between = await caller.all<AuditEvent>(`/v1/audit-events?from=${first}&to=${last}`);
    expect(between).toEqual(events.filter(({ at }) => first <= at && at <= last));
    expect(between.length).toBeGreaterThanOrEqual(5);
  });

  it('are exported as lines of JSON: those of the list, in its order, and where there is more a cursor last', async () => {
    const all = await caller.all<AuditEvent>('/v1/audit-events');
    const whole = await caller.ask('GET', '/v1/audit-events/export');
    expect([whole.status, whole.headers['content-type']]).toEqual([200, 'application/x-ndjson']);
    expect(linesIn(whole.text)).toEqual(all);
    const part = linesIn((await caller.ask('GET', '/v1/audit-events/export?limit=2')).text);
    expect(part).toEqual([...all.slice(0, 2), { next: expect.any(String) }]);
    const { next } = part.at(-1) as { next: string };
    const rest = await caller.ask('GET', `/v1/audit-events/export?cursor=${encodeURIComponent(next)}`);
    expect(linesIn(rest.text)).toEqual(all.slice(2));
  });

  it('come newest first, each once, in pages of any size', async () => {
    const all = await caller.all<AuditEvent>('/v1/audit-events');
    const times = all.map(({ at }) => at);
    expect(times).toEqual([...times].sort().reverse());
    const paged: AuditEvent[] = [];
    for (let cursor = ''; ; ) {
      const path = `/v1/audit-events?limit=3${cursor && `&cursor=${cursor}`}`;
      const page = (await caller.ask('GET', path)).json as { items: readonly AuditEvent[]; next?: string };
      paged.push(...page.items);
      if (page.next === undefined) break;
      cursor = page.next;
    }
    expect(paged).toEqual(all);
  });
});
