import { type Caller, callerOf } from '../../harness/caller.ts';
import { workerTwin } from '../../harness/twin.ts';

let caller: Caller;

beforeAll(async () => {
  const twin = await workerTwin();
  caller = callerOf(twin, (await twin.tenant()).token);
});

const make = async (path: string, body: object): Promise<string> => {
  const { status, json, text } = await caller.ask('POST', path, { body });
  if (status !== 201) throw new Error(`${status} ${text}`);
  return (json as { id: string }).id;
};
const read = (ref: string) => caller.ask('GET', `/v1/teams/${ref}`);
const remove = (ref: string) => caller.ask('DELETE', `/v1/teams/${ref}`);

const contacts = [
  { kind: 'email', value: 'payments@tenant.example' },
  { kind: 'slack', value: '#payments' },
  { kind: 'url', value: 'https://wiki.example/payments' },
];

describe('a team', () => {
  it('keeps whom to call, read by id and by alias', async () => {
    const id = await make('/v1/teams', { name: 'Payments', aliases: ['payments'], contacts });
    for (const ref of [id, 'payments'])
      expect((await read(ref)).json).toMatchObject({ id, name: 'Payments', contacts });
  });

  it('is listed with the others, without anything that storage keeps beside them', async () => {
    const id = await make('/v1/teams', { name: 'Listed', aliases: ['listed'] });
    const teams = await caller.all<Record<string, unknown>>('/v1/teams');
    expect(teams.find((team) => team.id === id)).toEqual((await read(id)).json);
    for (const team of teams) expect(team.id).toMatch(/^team_/);
  });

  it('is not deleted while it owns a service, and is as soon as it owns none', async () => {
    const team = await make('/v1/teams', { name: 'Owner', aliases: ['busy-owner'] });
    const moved = await make('/v1/services', { name: 'Moved', owner: team });
    const deleted = await make('/v1/services', { name: 'Deleted', owner: team });
    const expectRefused = async () =>
      expect((await remove('busy-owner')).json).toMatchObject({ code: 'team-in-use', status: 409 });
    await expectRefused();
    await caller.ask('DELETE', `/v1/services/${deleted}`);
    await expectRefused();
    await caller.ask('PUT', `/v1/services/${moved}`, { body: { name: 'Moved' }, headers: [['If-Match', '"1"']] });
    expect((await remove('busy-owner')).status).toBe(204);
    expect((await read(team)).json).toMatchObject({ code: 'team-not-found' });
  });

  it('keeps its version while services come and go', async () => {
    const team = await make('/v1/teams', { name: 'Steady' });
    await make('/v1/services', { name: 'Owned', owner: team });
    expect((await read(team)).headers.etag).toBe('"1"');
  });
});
