import { type Caller, callerOf } from '../../harness/caller.ts';
import { type TestTwin, workerTwin } from '../../harness/twin.ts';
import { idsIn, walk } from '../../harness/walk.ts';

interface Service {
  readonly id: string;
  readonly name: string;
  readonly updatedAt: string;
  readonly version: number;
}
type Query = Readonly<Record<string, string>>;

const count = 60;
const names = ['Pay', 'pay later', 'PAYMENTS', 'Straße', 'C#', 'zebra', 'Ａｐｉ', 'under_score', 'ledger', 'x'];

let twin: TestTwin;
let caller: Caller;
let things: { readonly teams: readonly string[]; readonly repository: string; readonly needed: string };

const made = async (path: string, body: object): Promise<string> => {
  const { status, json, text } = await caller.ask('POST', path, { body });
  if (status !== 201) throw new Error(`${path}: ${status} ${text}`);
  return (json as { id: string }).id;
};

/** What is said of the n-th service: any two filters have some in common. */
const said = (n: number) => ({
  name: `${names[n % names.length]} ${Math.floor(n / 20) || ''}`.trim(),
  aliases: [`a-${n}`, ...(n % 3 ? [] : [`pa-${n}`])],
  tier: (n % 4) + 1,
  lifecycle: ['experimental', 'production', 'retired'][n % 3],
  type: n % 2 ? 'service' : 'library',
  tags: n % 2 ? ['go', 'c++'] : ['go'],
  ...(n % 5 && { language: n % 2 ? 'Go' : 'go' }),
  ...(n % 3 && { system: 'core' }),
  ...(n % 4 !== 3 && { owner: things.teams[n % 4] }),
  ...(n % 2 && { dependencies: [things.needed] }),
  ...(n % 3 && { repositories: [things.repository] }),
});

/** In one order or another, everything that may be asked for at once, and what it means, written anew. */
const queries = (): readonly (readonly [Query, (n: number) => boolean])[] => {
  const { teams, repository, needed } = things;
  const [parent = '', child = ''] = teams;
  const begins = (n: number, q: string) => {
    const { name, aliases } = said(n);
    return [name.normalize('NFKC').toLowerCase(), ...aliases].some((text) => text.startsWith(q));
  };
  return [
    [{}, () => true],
    [{ sort: 'name' }, () => true],
    [{ sort: '-name' }, () => true],
    [{ sort: 'updatedAt' }, () => true],
    [{ sort: '-updatedAt' }, () => true],
    [{ tier: '2' }, (n) => n % 4 === 1],
    [{ lifecycle: 'retired', sort: '-name' }, (n) => n % 3 === 2],
    [{ type: 'library', sort: 'updatedAt' }, (n) => n % 2 === 0],
    [{ language: 'GO' }, (n) => n % 5 > 0],
    [{ system: 'core', language: 'go' }, (n) => n % 3 > 0 && n % 5 > 0],
    [{ owner: child }, (n) => n % 4 === 1],
    [{ owner: parent, withChildTeams: 'true' }, (n) => n % 4 < 2],
    [{ owner: parent, withChildTeams: 'true', sort: 'name' }, (n) => n % 4 < 2],
    [{ owner: parent, withChildTeams: 'false', tag: 'c++' }, (n) => n % 4 === 0 && n % 2 === 1],
    [{ tag: 'c++' }, (n) => n % 2 === 1],
    [{ tag: 'go', tier: '1', sort: '-updatedAt' }, (n) => n % 4 === 0],
    [{ dependsOn: needed }, (n) => n % 2 === 1],
    [{ dependsOn: needed, q: 'pa' }, (n) => n % 2 === 1 && begins(n, 'pa')],
    [{ repository }, (n) => n % 3 > 0],
    [{ q: 'pa' }, (n) => begins(n, 'pa')],
    [{ q: 'api' }, (n) => begins(n, 'api')],
    [{ q: 'a-1' }, (n) => begins(n, 'a-1')],
  ];
};

const folded = ({ name, id }: Service): string => `${name.normalize('NFKC').toLowerCase()}\u0001${id}`;
const byTime = ({ updatedAt, id }: Service): string => `${updatedAt}\u0001${id}`;
const inOrder = (services: readonly Service[], sort: string): readonly Service[] => {
  const keyOf = sort.endsWith('updatedAt') ? byTime : folded;
  const sorted = [...services].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  return sort.startsWith('-') ? sorted.reverse() : sorted;
};

/** In one bulk change each: service n is the n-th. */
let ids: readonly string[];
const upsert = async (items: readonly object[]): Promise<readonly string[]> => {
  const { json, text } = await caller.ask('POST', '/v1/bulk/services', { body: { items } });
  const { items: outcomes } = json as { items: readonly { id?: string }[] };
  if (outcomes.some(({ id }) => id === undefined)) throw new Error(text);
  return outcomes.map(({ id }) => id ?? '');
};

beforeEach(async () => {
  twin = await workerTwin();
  await twin.control.throttle(false);
  caller = callerOf(twin, (await twin.tenant()).token);
  const parent = await made('/v1/teams', { name: 'Parent' });
  const child = await made('/v1/teams', { name: 'Child', parent });
  const other = await made('/v1/teams', { name: 'Other' });
  const repository = await made('/v1/repositories', { name: 'One', url: 'https://git.example/one' });
  const needed = await made('/v1/services', { name: '0 needed' });
  things = { teams: [parent, child, other], repository, needed };
  ids = await upsert(Array.from({ length: count }, (_, n) => said(n)));
  // What the tests count is what they made.
  ids = [...ids, needed];
});
afterEach(() => twin.control.throttle(true));

const expected = (query: Query, means: (n: number) => boolean): readonly string[] =>
  ids.filter((_, n) => (n < count ? means(n) : Object.keys(query).every((name) => name === 'sort')));

it('every combination of filters gives each service that fits it once, in its order', async () => {
  for (const [query, means] of queries()) {
    const pages = await walk<Service>(caller, '/v1/services', { ...query, limit: '4' });
    const items = pages.flatMap((page) => page.items);
    expect([query, items.map(({ id }) => id).sort()]).toEqual([query, [...expected(query, means)].sort()]);
    const order = query.sort ?? (Object.keys(query).length === 0 ? 'name' : undefined);
    if (order) expect(items.map(({ id }) => id)).toEqual(inOrder(items, order).map(({ id }) => id));
  }
});

it('while services are added, renamed and deleted, what does not change is neither skipped nor repeated', async () => {
  const touched = new Set<string>();
  let turn = 0;
  /** One more, one renamed to the other end of the alphabet, one gone: never the same twice. */
  const meddle = async (): Promise<void> => {
    turn += 1;
    const renamed = ids[turn * 2];
    const deleted = ids[turn * 2 + 1];
    const added = await made('/v1/services', { ...said(turn), name: `zz ${turn}`, aliases: [`new-${turn}`] });
    for (const id of [added, renamed, deleted]) if (id) touched.add(id);
    if (turn * 2 + 1 >= count) return;
    const name = turn % 2 ? `0 renamed ${turn}` : `zz renamed ${turn}`;
    expect((await caller.ask('PATCH', `/v1/services/${renamed}`, { body: { name } })).status).toBe(200);
    expect((await caller.ask('DELETE', `/v1/services/${deleted}`)).status).toBe(204);
  };
  for (const [query, means] of queries()) {
    const there = expected(query, means).filter((id) => !touched.has(id));
    let left = 3;
    const pages = await walk(caller, '/v1/services', { ...query, limit: '5' }, async () => {
      left -= 1;
      if (left >= 0) await meddle();
    });
    const seen = idsIn(pages);
    const still = there.filter((id) => !touched.has(id));
    expect([query, seen.filter((id) => still.includes(id)).sort()]).toEqual([query, [...still].sort()]);
  }
});

it.each([
  ['/v1/teams', 'parent', { name: 'Below' }],
  ['/v1/repositories', 'owner', { name: 'Owned' }],
])('%s narrowed by %s gives those of one team, while others come and go', async (path, filter, body) => {
  const [parent = '', , other = ''] = things.teams;
  const before = idsIn(await walk(caller, path, { [filter]: parent }));
  const own: string[] = [];
  const more = (of: string, n: number) => ({
    ...body,
    name: `${body.name} ${n}`,
    [filter]: of,
    ...(path.includes('repositories') && { url: `https://git.example/${of}/${n}` }),
  });
  for (let n = 0; n < 12; n += 1) own.push(await made(path, more(parent, n)));
  for (let n = 0; n < 4; n += 1) await made(path, more(other, n));
  let turn = 0;
  const touched: string[] = [];
  const pages = await walk(caller, path, { [filter]: parent, limit: '3' }, async () => {
    turn += 1;
    if (turn > 3) return;
    const [moved = '', deleted = ''] = own.slice(turn * 2, turn * 2 + 2);
    touched.push(moved, deleted, await made(path, more(parent, 100 + turn)));
    expect((await caller.ask('PATCH', `${path}/${moved}`, { body: { [filter]: other } })).status).toBe(200);
    expect((await caller.ask('DELETE', `${path}/${deleted}`)).status).toBe(204);
  });
  const still = [...before, ...own].filter((id) => !touched.includes(id));
  expect(
    idsIn(pages)
      .filter((id) => still.includes(id))
      .sort(),
  ).toEqual(still.sort());
  expect(still.length).toBeGreaterThan(4);
});
