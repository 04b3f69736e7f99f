import type { AuditEvent } from '../../../lambdas/kernel/audit-event.ts';
import { ask } from '../../harness/http.ts';
import { type SoloTwin, soloTwin } from '../../harness/solo-twin.ts';
import type { FreshTenant } from '../../harness/tenant.ts';

const dayMs = 86_400_000;
/** Days after the tenant was created: within a month, over the turn of months, after a gap, after more than a year. */
const days = [0, 20, 45, 50, 200, 380];

let twin: SoloTwin;
let tenant: FreshTenant;
let token: string;
const made: string[] = [];

const call = async (method: string, path: string, body?: object): Promise<Record<string, unknown>> => {
  const reply = await ask(twin.addresses.apiUrl, method, path, { token, body });
  if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${reply.text}`);
  return reply.json as Record<string, unknown>;
};
const eventsBy = async (query: string): Promise<readonly AuditEvent[]> => {
  const events: AuditEvent[] = [];
  for (let cursor = ''; ; ) {
    const page = await call('GET', `/v1/audit-events?${query}${cursor && `&cursor=${cursor}`}`);
    events.push(...(page.items as AuditEvent[]));
    if (page.next === undefined) return events;
    cursor = String(page.next);
  }
};

beforeAll(async () => {
  twin = await soloTwin();
  tenant = await twin.tenant();
  token = tenant.token;
  let past = 0;
  for (const day of days) {
    // Tokens end before the last day comes: each is issued by the one before.
    if (day > past)
      token = String((await call('POST', '/v1/tokens', { name: `Day ${day}`, expiresInDays: 366 })).token);
    await twin.control.advanceClock((day - past) * dayMs);
    past = day;
    made.push(String((await call('POST', '/v1/teams', { name: `Day ${day}` })).id));
  }
});
afterAll(() => twin.end());

const teamsIn = (events: readonly AuditEvent[]): readonly string[] =>
  events.filter(({ action }) => action === 'team.created').map(({ subject }) => subject);
const day = async (number: number): Promise<string> =>
  new Date((await twin.control.now()) + (number - (days.at(-1) ?? 0)) * dayMs).toISOString();

describe('audit events of more than a year', () => {
  it.each([1, 2, 100])(
    'are listed over the months in pages of %i, newest first, but for those past their keeping',
    async (limit) => {
      // Kept for 365 days on this stage: the first day's is gone, the twentieth's is not.
      expect(teamsIn(await eventsBy(`limit=${limit}`))).toEqual(made.slice(1).reverse());
    },
  );

  it('are found by time, across the months between', async () => {
    const query = `from=${await day(30)}&to=${await day(210)}`;
    expect(teamsIn(await eventsBy(query))).toEqual([made[4], made[3], made[2]]);
  });

  it('are found by subject, however long ago', async () => {
    for (const subject of made.slice(1)) expect(teamsIn(await eventsBy(`subject=${subject}`))).toEqual([subject]);
  });
});
