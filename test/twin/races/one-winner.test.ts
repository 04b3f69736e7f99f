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

describe.each([
  { path: '/v1/services', create: 'createService', replace: 'replaceService', audit: 'service' },
  { path: '/v1/teams', create: 'createTeam', replace: 'replaceTeam', audit: 'team' },
])('$path', ({ path, create, replace, audit }) => {
  it('of 50 creations with one alias exactly one is made, and the others are told that it is taken', async () => {
    const replies = await atOnce(racers, (n) =>
      owner.ask('POST', path, { body: { name: `Racer ${n}`, aliases: [`own-${n}`, 'wanted'] } }),
    );
    const refused = replies.filter(({ status }) => status !== 201);
    expect(refused.map((reply) => refusalOf(create, reply))).toEqual(Array(racers - 1).fill('alias-taken'));
    const made = await owner.all<{ id: string }>(path);
    expect(made).toEqual([replies.find(({ status }) => status === 201)?.json]);
    expect((await owner.ask('GET', `${path}/wanted`)).json).toEqual(made[0]);
    expect(await owner.audited(`${audit}.created`)).toHaveLength(1);
    // The losers' other aliases are not taken by nobody.
    const again = await atOnce(racers, (n) => owner.ask('GET', `${path}/own-${n}`));
    expect(again.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('of 50 replacements of one version exactly one is made, and the others are told to read again', async () => {
    const { id } = (await owner.ask('POST', path, { body: { name: 'Before' } })).json as { id: string };
    const replies = await atOnce(racers, (n) =>
      owner.ask('PUT', `${path}/${id}`, { body: { name: `Racer ${n}` }, headers: [['If-Match', '"1"']] }),
    );
    const refused = replies.filter(({ status }) => status !== 200);
    expect(refused.map((reply) => refusalOf(replace, reply))).toEqual(Array(racers - 1).fill('version-mismatch'));
    const winner = replies.find(({ status }) => status === 200);
    expect(winner?.json).toMatchObject({ id, version: 2 });
    expect((await owner.ask('GET', `${path}/${id}`)).json).toEqual(winner?.json);
    expect((await owner.auditOf(id)).map(({ action }) => action)).toEqual([`${audit}.replaced`, `${audit}.created`]);
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
