import { type Caller, callerOf } from '../../harness/caller.ts';
import { type TestTwin, workerTwin } from '../../harness/twin.ts';

let twin: TestTwin;
let caller: Caller;
let team: string;
beforeAll(async () => {
  twin = await workerTwin();
  caller = callerOf(twin, (await twin.tenant()).token);
  team = await idOf(caller.ask('POST', '/v1/teams', { body: { name: 'Payments' } }));
});

const idOf = async (asked: ReturnType<Caller['ask']>): Promise<string> => {
  const { status, json, text } = await asked;
  if (status !== 201) throw new Error(`${status} ${text}`);
  return (json as { id: string }).id;
};
const create = (body: object) => caller.ask('POST', '/v1/repositories', { body });
const read = (id: string) => caller.ask('GET', `/v1/repositories/${id}`);
const remove = (id: string) => caller.ask('DELETE', `/v1/repositories/${id}`);

describe('a repository', () => {
  it('keeps what was said of it, and takes the rest from the contract', async () => {
    const told = {
      name: 'ledger',
      url: 'https://git.example/ledger.git',
      description: 'Code',
      language: 'Go',
      owner: team,
    };
    const made = await create({ ...told, archived: true });
    expect(made.json).toMatchObject({ ...told, archived: true, version: 1, id: expect.stringMatching(/^repo_/) });
    expect((await read(await idOf(Promise.resolve(made)))).json).toEqual(made.json);
    expect((await create({ name: 'plain', url: 'https://git.example/plain' })).json).toMatchObject({ archived: false });
  });

  it('has a URL that no other of the tenant has, and that another tenant’s may have', async () => {
    const body = { name: 'one', url: 'https://git.example/one' };
    await idOf(create(body));
    expect((await create(body)).json).toMatchObject({ code: 'repository-exists', status: 409 });
    const other = await idOf(create({ ...body, url: 'https://git.example/other' }));
    const moved = await caller.ask('PUT', `/v1/repositories/${other}`, { body, headers: [['If-Match', '"1"']] });
    expect(moved.json).toMatchObject({ code: 'repository-exists' });
    expect((await read(other)).json).toMatchObject({ url: 'https://git.example/other', version: 1 });
    const stranger = callerOf(twin, (await twin.tenant()).token);
    expect((await stranger.ask('POST', '/v1/repositories', { body })).status).toBe(201);
  });

  it('leaves its URL free when it moves or goes', async () => {
    const url = 'https://git.example/free';
    const first = await idOf(create({ name: 'first', url }));
    const body = { name: 'first', url: 'https://git.example/elsewhere' };
    await caller.ask('PUT', `/v1/repositories/${first}`, { body, headers: [['If-Match', '"1"']] });
    const second = await idOf(create({ name: 'second', url }));
    expect((await remove(second)).status).toBe(204);
    expect((await read(second)).json).toMatchObject({ code: 'repository-not-found' });
    await idOf(create({ name: 'third', url }));
  });

  it.each(['é', '支', '𝒳'])('has a URL of 500 characters, also of such as %s, unique like any other', async (sign) => {
    const url = `https://git.example/${sign.repeat(480)}`;
    const id = await idOf(create({ name: sign, url }));
    expect((await read(id)).json).toMatchObject({ url });
    expect((await create({ name: sign, url })).json).toMatchObject({ code: 'repository-exists' });
    const bulk = await caller.ask('POST', '/v1/bulk/repositories', { body: { items: [{ name: sign, url }] } });
    expect(bulk.json).toEqual({ items: [{ outcome: 'unchanged', id, version: 1 }] });
    expect((await remove(id)).status).toBe(204);
    await idOf(create({ name: sign, url }));
    const longer = await create({ name: sign, url: `${url}x` });
    expect(longer.json).toMatchObject({ errors: [{ field: 'body.url', expected: 'at most 500 characters' }] });
  });

  it('is not deleted while a service uses it, and is found by those that do', async () => {
    const id = await idOf(create({ name: 'used', url: 'https://git.example/used' }));
    const made = await caller.ask('POST', '/v1/services', { body: { name: 'User', repositories: [id] } });
    const service = (made.json as { id: string }).id;
    expect((await remove(id)).json).toMatchObject({ code: 'repository-in-use', status: 409 });
    expect((await caller.all<{ id: string }>(`/v1/services?repository=${id}`)).map((each) => each.id)).toEqual([
      service,
    ]);
    expect((await read(id)).headers.etag).toBe('"1"');
    await caller.ask('PATCH', `/v1/services/${service}`, { body: { repositories: [] } });
    expect((await remove(id)).status).toBe(204);
    const gone = await caller.ask('PATCH', `/v1/services/${service}`, { body: { repositories: [id] } });
    expect(gone.json).toMatchObject({ code: 'repository-unknown', status: 422 });
  });

  it('keeps its owner from being deleted, and is listed with that owner’s', async () => {
    const owner = await idOf(caller.ask('POST', '/v1/teams', { body: { name: 'Owner' } }));
    const id = await idOf(create({ name: 'owned', url: 'https://git.example/owned', owner }));
    expect((await caller.ask('DELETE', `/v1/teams/${owner}`)).json).toMatchObject({ code: 'team-in-use' });
    expect((await caller.all<{ id: string }>(`/v1/repositories?owner=${owner}`)).map((each) => each.id)).toEqual([id]);
    await remove(id);
    expect((await caller.ask('DELETE', `/v1/teams/${owner}`)).status).toBe(204);
  });
});
