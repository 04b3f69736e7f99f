import { randomUUID } from 'node:crypto';
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

interface Thing {
  readonly id: string;
  readonly version: number;
  readonly owner?: string;
  readonly parent?: string;
  readonly dependencies?: readonly string[];
  readonly repositories?: readonly string[];
}
const made = async (path: string, body: object): Promise<Thing> => {
  const { status, json, text } = await owner.ask('POST', path, { body });
  if (status !== 201) throw new Error(`${path}: ${status} ${text}`);
  return json as Thing;
};
const url = () => `https://git.example/${randomUUID()}`;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));

/** Everything that refers to something, and what is said when the one or the other comes first. */
const references = [
  {
    name: 'a service to its owner',
    thing: ['/v1/teams', 'deleteTeam', 'team-in-use'],
    by: ['/v1/services', 'createService', 'owner-not-found'],
    refer: (id: string) => ({ owner: id }),
  },
  {
    name: 'a repository to its owner',
    thing: ['/v1/teams', 'deleteTeam', 'team-in-use'],
    by: ['/v1/repositories', 'createRepository', 'owner-not-found'],
    refer: (id: string) => ({ owner: id, url: url() }),
  },
  {
    name: 'a team to its parent',
    thing: ['/v1/teams', 'deleteTeam', 'team-in-use'],
    by: ['/v1/teams', 'createTeam', 'parent-not-found'],
    refer: (id: string) => ({ parent: id }),
  },
  {
    name: 'a service to one it depends on',
    thing: ['/v1/services', 'deleteService', 'service-in-use'],
    by: ['/v1/services', 'createService', 'dependency-not-found'],
    refer: (id: string) => ({ dependencies: [id] }),
  },
  {
    name: 'a service to its repository',
    thing: ['/v1/repositories', 'deleteRepository', 'repository-in-use'],
    by: ['/v1/services', 'createService', 'repository-unknown'],
    refer: (id: string) => ({ repositories: [id] }),
  },
] as const;

const rounds = 20;

it.each(references)('$name: nothing refers to what is not there, whoever comes first', async ({ thing, by, refer }) => {
  const [path, deletion, inUse] = thing;
  const [byPath, creation, notFound] = by;
  let won = 0;
  // A head start for whoever lost the last round, longer while it loses, brings out both ends.
  let headMs = 0;
  for (let round = 0; round < rounds; round += 1) {
    const { id } = await made(path, { name: `Thing ${round}`, ...(path === '/v1/repositories' && { url: url() }) });
    const create = async () => {
      await wait(headMs);
      return owner.ask('POST', byPath, { body: { name: 'Refers', ...refer(id) } });
    };
    const remove = async () => {
      await wait(-headMs);
      return owner.ask('DELETE', `${path}/${id}`);
    };
    const [removed, ...replies] = await Promise.all([remove(), create(), create()]);
    const isDeleted = removed.status === 204;
    const created = replies.filter(({ status }) => status === 201).length;
    if (isDeleted) won += 1;
    headMs += isDeleted ? -2 : 2;
    expect([isDeleted, created]).toEqual([isDeleted, isDeleted ? 0 : 2]);
    if (!isDeleted) expect(refusalOf(deletion, removed)).toBe(inUse);
    for (const reply of replies.filter(({ status }) => status >= 400))
      expect(refusalOf(creation, reply)).toBe(notFound);
    expect((await owner.ask('GET', `${path}/${id}`)).status).toBe(isDeleted ? 404 : 200);
    expect(await referencesOf(twin, tenant, id)).toBe(isDeleted ? undefined : 2);
  }
  // Both outcomes were met, or the race was none.
  expect(won).toBeGreaterThan(0);
  expect(won).toBeLessThan(rounds);
});

/** What the counters say, and what they should say. */
const expectExactCounts = async (ids: readonly string[]): Promise<void> => {
  const all = [
    ...(await owner.all<Thing>('/v1/services')),
    ...(await owner.all<Thing>('/v1/teams')),
    ...(await owner.all<Thing>('/v1/repositories')),
  ];
  const referred = all.flatMap(({ owner: team, parent, dependencies = [], repositories = [] }) => [
    team,
    parent,
    ...dependencies,
    ...repositories,
  ]);
  const said = await Promise.all(ids.map((id) => referencesOf(twin, tenant, id)));
  const there = ids.map((id) => all.some((thing) => thing.id === id));
  const counted = ids.map((id, at) => (there[at] ? referred.filter((each) => each === id).length : undefined));
  expect(said).toEqual(counted);
  expect(counted.some((count) => count !== undefined && count > 0)).toBe(true);
};

it('counts of what refers to a thing are exact after moves, deletions and lost races', async () => {
  const teams = await atOnce(3, async (n) => (await made('/v1/teams', { name: `Team ${n}` })).id);
  const repos = await atOnce(3, async (n) => (await made('/v1/repositories', { name: `R ${n}`, url: url() })).id);
  const needed = await atOnce(2, async (n) => (await made('/v1/services', { name: `Needed ${n}` })).id);
  const services = await atOnce(6, async (n) => (await made('/v1/services', { name: `S ${n}`, owner: teams[0] })).id);
  const children = await atOnce(2, async (n) => (await made('/v1/teams', { name: `C ${n}`, parent: teams[0] })).id);
  const some = <T>(from: readonly T[], n: number): readonly T[] => from.filter((_, at) => (n >> at) & 1);
  const patches: readonly (readonly [string, string, (n: number) => object])[] = [
    [
      '/v1/services/',
      'updateService',
      (n) => ({ owner: teams[n % 4] ?? null, dependencies: some(needed, n), repositories: some(repos, n) }),
    ],
    ['/v1/repositories/', 'updateRepository', (n) => ({ owner: teams[n % 4] ?? null })],
    ['/v1/teams/', 'updateTeam', (n) => ({ parent: teams[n % 4] ?? null })],
  ];
  await atOnce(90, async (n) => {
    const [path, operation, body] = patches[n % 3] ?? patches[0] ?? [];
    const of = n % 3 === 0 ? services : n % 3 === 1 ? repos : children;
    if (path === undefined || operation === undefined || body === undefined) return;
    const at = path + of[Math.floor(n / 3) % of.length];
    const read = await owner.ask('GET', at);
    if (read.status === 404) return;
    const headers = [['If-Match', String(read.headers.etag)]] as const;
    if (n > 80) await owner.ask('DELETE', at, { headers });
    else {
      const reply = await owner.ask('PATCH', at, { body: body(n), headers });
      if (reply.status !== 200)
        expect([
          'version-mismatch',
          'service-not-found',
          'repository-not-found',
          'team-not-found',
          'repository-unknown',
          'owner-not-found',
        ]).toContain(refusalOf(operation, reply));
    }
  });
  await expectExactCounts([...teams, ...repos, ...needed, ...services, ...children]);
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
  await expectExactCounts([before ?? '', ...after]);
});
