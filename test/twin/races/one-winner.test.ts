import { atOnce, type Caller, callerOf } from '../../harness/caller.ts';
import { refusalOf } from '../../harness/refusal-of.ts';
import { type TestTwin, workerTwin } from '../../harness/twin.ts';

const racers = 50;
let twin: TestTwin;
let owner: Caller;
beforeAll(async () => {
  twin = await workerTwin();
});
beforeEach(async () => {
  owner = callerOf(twin, (await twin.tenant()).token);
});

/** What is unique of a thing; of those with aliases also one of the racer's own. */
const alias = (n: number) => ({ aliases: [`own-${n}`, 'wanted'] });
const things = [
  { path: '/v1/services', thing: 'Service', audit: 'service', unique: alias, taken: 'alias-taken' },
  { path: '/v1/teams', thing: 'Team', audit: 'team', unique: alias, taken: 'alias-taken' },
  {
    path: '/v1/repositories',
    thing: 'Repository',
    audit: 'repository',
    unique: () => ({ url: 'https://git.example/wanted' }),
    taken: 'repository-exists',
  },
] as const;

describe.each(things)('$path', ({ path, thing, audit, unique, taken }) => {
  const free = path === '/v1/repositories' ? { url: 'https://git.example/free' } : {};

  it('of 50 creations with one name exactly one is made, and the others are told that it is taken', async () => {
    const replies = await atOnce(racers, (n) =>
      owner.ask('POST', path, { body: { name: `Racer ${n}`, ...unique(n) } }),
    );
    const refused = replies.filter(({ status }) => status !== 201);
    expect(refused.map((reply) => refusalOf(`create${thing}`, reply))).toEqual(Array(racers - 1).fill(taken));
    const made = await owner.all<{ id: string }>(path);
    expect(made).toEqual([replies.find(({ status }) => status === 201)?.json]);
    expect(await owner.audited(`${audit}.created`)).toHaveLength(1);
    if (unique !== alias) return;
    expect((await owner.ask('GET', `${path}/wanted`)).json).toMatchObject(made[0] ?? {});
    // The losers' other aliases are not taken by nobody.
    const again = await atOnce(racers, (n) => owner.ask('GET', `${path}/own-${n}`));
    expect(again.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it.each([
    ['PUT', 'replace', 'replaced'],
    ['PATCH', 'update', 'updated'],
  ] as const)(
    'of 50 changes of one version by %s exactly one is made, and the others are told to read again',
    async (method, operation, action) => {
      const { id } = (await owner.ask('POST', path, { body: { name: 'Before', ...free } })).json as { id: string };
      const replies = await atOnce(racers, (n) =>
        owner.ask(method, `${path}/${id}`, { body: { name: `Racer ${n}`, ...free }, headers: [['If-Match', '"1"']] }),
      );
      const refused = replies.filter(({ status }) => status !== 200);
      expect(refused.map((reply) => refusalOf(operation + thing, reply))).toEqual(
        Array(racers - 1).fill('version-mismatch'),
      );
      const winner = replies.find(({ status }) => status === 200);
      expect(winner?.json).toMatchObject({ id, version: 2 });
      expect((await owner.ask('GET', `${path}/${id}`)).json).toMatchObject(winner?.json as object);
      expect((await owner.auditOf(id)).map(({ action: told }) => told)).toEqual([
        `${audit}.${action}`,
        `${audit}.created`,
      ]);
    },
  );
});

it.each(['/v1/services', '/v1/teams'])('%s: of patches of different fields at once none is lost', async (path) => {
  const { id } = (await owner.ask('POST', path, { body: { name: 'Patched' } })).json as { id: string };
  const replies = await atOnce(6, (n) =>
    owner.ask('PATCH', `${path}/${id}`, { body: { annotations: { [`of-${n}`]: String(n) } } }),
  );
  expect(replies.map(({ status }) => status)).toEqual(Array(6).fill(200));
  expect((await owner.ask('GET', `${path}/${id}`)).json).toMatchObject({
    version: 7,
    annotations: Object.fromEntries(Array.from({ length: 6 }, (_, n) => [`of-${n}`, String(n)])),
  });
});

it('of 50 revocations of one token exactly one is made', async () => {
  const { id } = (await owner.ask('POST', '/v1/tokens', { body: { name: 'Unloved' } })).json as { id: string };
  const replies = await atOnce(racers, () => owner.ask('DELETE', `/v1/tokens/${id}`));
  const refused = replies.filter(({ status }) => status !== 204);
  expect(refused).toHaveLength(racers - 1);
  for (const reply of refused)
    expect(['token-not-found', 'version-mismatch']).toContain(refusalOf('revokeToken', reply));
  expect((await owner.auditOf(id)).map(({ action }) => action)).toEqual(['token.revoked', 'token.issued']);
});

it('of 20 rotations of one token exactly one is made: no token has two in its place', async () => {
  const { id } = (await owner.ask('POST', '/v1/tokens', { body: { name: 'Turned' } })).json as { id: string };
  const replies = await atOnce(20, () => owner.ask('POST', `/v1/tokens/${id}/rotate`, { body: { overlapSeconds: 0 } }));
  const refused = replies.filter(({ status }) => status !== 201);
  expect(refused).toHaveLength(19);
  for (const reply of refused)
    expect(['token-not-found', 'version-mismatch']).toContain(refusalOf('rotateToken', reply));
  expect((await owner.auditOf(id)).map(({ action }) => action)).toEqual(['token.rotated', 'token.issued']);
});
