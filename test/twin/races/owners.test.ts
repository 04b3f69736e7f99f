import { atOnce, type Caller, callerOf } from '../../harness/caller.ts';
import { refusalOf } from '../../harness/refusal-of.ts';
import { type TestTwin, workerTwin } from '../../harness/twin.ts';
import { referencesOf } from './references-of.ts';

let twin: TestTwin;
let tenant: string;
let owner: Caller;
beforeAll(async () => {
  twin = await workerTwin();
});
beforeEach(async () => {
  const fresh = await twin.tenant();
  tenant = fresh.id;
  owner = callerOf(twin, fresh.token);
});

interface Named {
  readonly id: string;
  readonly owner?: string;
  readonly version: number;
}
const made = async (path: string, body: object): Promise<Named> =>
  (await owner.ask('POST', path, { body })).json as Named;

/** What the counters say, and what they should say. */
const counted = async (teams: readonly string[]) => {
  const services = await owner.all<Named>('/v1/services');
  const said = await Promise.all(teams.map((team) => referencesOf(twin, tenant, team)));
  return { said, true: teams.map((team) => services.filter((service) => service.owner === team).length) };
};

it('no service is left with an owner that is not there, whoever comes first', async () => {
  let won = 0;
  // The deletion reads before it writes, the creation does not: a head start, longer while it loses, brings out both.
  let headMs = 0;
  for (let round = 0; round < 25; round += 1) {
    const team = await made('/v1/teams', { name: `Team ${round}` });
    const create = async () => {
      await new Promise((resolve) => setTimeout(resolve, headMs));
      return owner.ask('POST', '/v1/services', { body: { name: 'Orphan?', owner: team.id } });
    };
    const replies = await Promise.all([owner.ask('DELETE', `/v1/teams/${team.id}`), create(), create()]);
    const created = replies.filter(({ status }) => status === 201).length;
    const isDeleted = replies.some(({ status }) => status === 204);
    if (isDeleted) won += 1;
    headMs = isDeleted ? Math.floor(headMs / 2) : headMs + 2;
    expect(isDeleted ? created : created > 0).toBe(isDeleted ? 0 : true);
    for (const reply of replies.filter(({ status }) => status >= 400)) {
      const { code } = reply.json as { code: string };
      expect(refusalOf(code === 'team-in-use' ? 'deleteTeam' : 'createService', reply)).toBe(
        isDeleted ? 'owner-not-found' : 'team-in-use',
      );
    }
    expect((await owner.ask('GET', `/v1/teams/${team.id}`)).status).toBe(isDeleted ? 404 : 200);
    expect(await referencesOf(twin, tenant, team.id)).toBe(isDeleted ? undefined : created);
  }
  // Both outcomes were met, or the race was none.
  expect(won).toBeGreaterThan(0);
  expect(won).toBeLessThan(25);
});

it('counts of owned services are exact after moves, deletions and lost races', async () => {
  const teams = await atOnce(3, async (n) => (await made('/v1/teams', { name: `Team ${n}` })).id);
  const services = await atOnce(6, async (n) => (await made('/v1/services', { name: `S ${n}`, owner: teams[0] })).id);
  await atOnce(60, async (n) => {
    const service = services[n % services.length];
    const read = await owner.ask('GET', `/v1/services/${service}`);
    if (read.status === 404) return;
    const { version } = read.json as Named;
    const headers = [['If-Match', `"${version}"`]] as const;
    if (n > 50) await owner.ask('DELETE', `/v1/services/${service}`, { headers });
    else {
      const to = teams[n % 4];
      const body = { name: `S ${n}`, ...(to && { owner: to }) };
      const reply = await owner.ask('PUT', `/v1/services/${service}`, { body, headers });
      if (reply.status !== 200)
        expect(['version-mismatch', 'service-not-found']).toContain(refusalOf('replaceService', reply));
    }
  });
  const counts = await counted(teams);
  expect(counts.said).toEqual(counts.true);
});

it('of two new owners at once one wins, and only that one counts the service', async () => {
  const [before, ...after] = await atOnce(3, async (n) => (await made('/v1/teams', { name: `Team ${n}` })).id);
  const { id } = await made('/v1/services', { name: 'Wanted', owner: before });
  const replies = await Promise.all(
    after.map((to) =>
      owner.ask('PUT', `/v1/services/${id}`, { body: { name: 'Wanted', owner: to }, headers: [['If-Match', '"1"']] }),
    ),
  );
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 412]);
  const counts = await counted([before ?? '', ...after]);
  expect(counts.said).toEqual(counts.true);
});
