import { local } from '../../../stages/local.ts';
import { ask } from '../../harness/http.ts';
import { type OwnTwin, ownTwin } from '../../harness/own-twin.ts';
import type { FreshTenant } from '../../harness/tenant.ts';
import { badCredentials } from './bad-credentials.ts';

const hourMs = 3_600_000;
/** More than this file takes on a busy machine. */
const marginMs = 600_000;

describe('what the authorizer and the gateway remember', () => {
  let twin: OwnTwin;
  let tenant: FreshTenant;
  let others: readonly FreshTenant[];
  let shortLived: string;

  beforeAll(async () => {
    twin = await ownTwin('authorizer-memory');
    others = [await twin.tenant(), await twin.tenant(), await twin.tenant()];
    tenant = await twin.tenant();
    shortLived = (await tenant.issue({ expiresInDays: 1 })).token;
  });
  afterAll(() => twin.end());

  const me = (token: string) => ask(twin.addresses.apiUrl, 'GET', '/v1/me', { token });
  const authorizerCalls = async (work: () => Promise<unknown>): Promise<readonly string[]> => {
    const next = await twin.control.callsSoFar();
    await work();
    const { entries } = await twin.control.calls(next);
    return entries.filter(({ principal }) => principal.includes('-authorizer/')).map(({ operation }) => operation);
  };
  /** To a minute past the next full hour, so that no full hour passes within a test. */
  const nextHour = async (): Promise<void> => {
    const now = await twin.control.now();
    await twin.control.advanceClock(hourMs - (now % hourMs) + 60_000);
  };

  it('never mixes callers: many at once, each is told who it is', async () => {
    const callers = Array.from({ length: 60 }, (_, at) => others[at % others.length] ?? tenant);
    const replies = await Promise.all(callers.map(({ token }) => me(token)));
    expect(replies.map(({ json }) => (json as { tenant: string }).tenant)).toEqual(callers.map(({ id }) => id));
  });

  it('a wrong secret is refused also right after the good one was served and remembered', async () => {
    expect((await me(tenant.token)).status).toBe(200);
    for (const { header, reason } of badCredentials.filter(({ reason }) => reason !== undefined)) {
      const headers = [['Authorization', header(tenant.token, others[0]?.id ?? '') ?? '']] as const;
      const reply = await ask(twin.addresses.apiUrl, 'GET', '/v1/me', { headers });
      expect([reason, reply.status]).toEqual([reason, 401]);
    }
  });

  it('a remembered secret spares the comparison and the signature, never the read', async () => {
    await nextHour();
    expect(await authorizerCalls(() => me(tenant.token))).toEqual(
      expect.arrayContaining(['BatchGetItem', 'Sign', 'UpdateItem']),
    );
    for (let time = 0; time < 3; time += 1) {
      await twin.control.forgetAuthorizations();
      expect(await authorizerCalls(() => me(tenant.token))).toEqual(['BatchGetItem']);
    }
  });

  it('the last use is noted once an hour', async () => {
    for (let hour = 0; hour < 3; hour += 1) {
      await nextHour();
      const calls = await authorizerCalls(async () => {
        for (let time = 0; time < 3; time += 1) {
          await twin.control.forgetAuthorizations();
          await me(tenant.token);
        }
      });
      expect(calls.filter((operation) => operation === 'UpdateItem')).toEqual(['UpdateItem']);
    }
  });

  it.each([
    ['just before the gateway forgets', local.revokeToDenySeconds * 1000 - 1000],
    ['as the gateway forgets', local.revokeToDenySeconds * 1000],
    ['now and then', 7000],
  ])('no assertion that the gateway passes on has expired: an hour of calls %s', async (_, stepMs) => {
    const statuses = new Set<number>();
    for (let passed = 0; passed < hourMs; passed += stepMs) {
      statuses.add((await me(tenant.token)).status);
      await twin.control.advanceClock(stepMs);
    }
    expect([...statuses]).toEqual([200]);
  });

  it('a token that was used until a moment before is refused when it has expired', async () => {
    await twin.control.advanceClock(-(await twin.control.now()) + Date.now());
    expect((await me(shortLived)).status).toBe(200);
    await twin.control.advanceClock(24 * hourMs - marginMs);
    expect((await me(shortLived)).status).toBe(200);
    await twin.control.advanceClock(marginMs + local.revokeToDenySeconds * 1000);
    expect((await me(shortLived)).status).toBe(401);
    expect((await me(tenant.token)).status).toBe(200);
  });
});
