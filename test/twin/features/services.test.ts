import { type Caller, callerOf } from '../../harness/caller.ts';
import { workerTwin } from '../../harness/twin.ts';

let caller: Caller;
let team: string;

beforeAll(async () => {
  const twin = await workerTwin();
  caller = callerOf(twin, (await twin.tenant()).token);
  team = await idOf(caller.ask('POST', '/v1/teams', { body: { name: 'Payments' } }));
});

const idOf = async (asked: ReturnType<Caller['ask']>): Promise<string> => {
  const { status, json, text } = await asked;
  if (status !== 201) throw new Error(`${status} ${text}`);
  return (json as { id: string }).id;
};
const create = (body: object) => caller.ask('POST', '/v1/services', { body });
const read = (ref: string) => caller.ask('GET', `/v1/services/${ref}`);
const replace = (ref: string, version: number, body: object) =>
  caller.ask('PUT', `/v1/services/${ref}`, { body, headers: [['If-Match', `"${version}"`]] });
const remove = (ref: string) => caller.ask('DELETE', `/v1/services/${ref}`);

const everything = {
  name: 'Ledger 支払い',
  description: 'Books every payment.\nTwice, never.',
  aliases: ['ledger', 'general-ledger'],
  kind: 'api',
  type: 'website',
  tier: 1,
  lifecycle: 'experimental',
  language: 'TypeScript',
  framework: 'none',
  system: 'books',
  domain: 'finance',
  onCall: { kind: 'phone', value: '+49 30 1234567', purpose: 'incidents' },
  tags: ['money', 'pci', 'c++', 'lang:go'],
  links: [{ title: 'Dashboard', url: 'https://dash.example/ledger?a=b#c' }],
  annotations: { 'example.com/cost-centre': '47', constructor: 'a name like any other' },
};

describe('a service', () => {
  it('keeps everything that was said of it, read by id and by each alias', async () => {
    const url = 'https://git.example/ledger';
    const repository = await idOf(caller.ask('POST', '/v1/repositories', { body: { name: 'ledger', url } }));
    const dependencies = [await idOf(create({ name: 'Needed' }))];
    const said = { ...everything, owner: team, repositories: [repository], dependencies };
    const made = await create(said);
    expect(made.json).toMatchObject({ ...said, version: 1 });
    const id = await idOf(Promise.resolve(made));
    for (const ref of [id, ...everything.aliases])
      expect((await read(ref)).json).toEqual({ ...(made.json as object), deploys: [] });
  });

  it('takes what is not said from the contract', async () => {
    const { json } = await create({ name: 'Plain' });
    expect(json).toEqual({
      name: 'Plain',
      aliases: [],
      kind: 'component',
      type: 'service',
      dependencies: [],
      repositories: [],
      tags: [],
      links: [],
      annotations: {},
      tier: 4,
      lifecycle: 'production',
      id: expect.stringMatching(/^svc_/),
      version: 1,
      createdAt: expect.stringMatching(/Z$/),
      updatedAt: expect.stringMatching(/Z$/),
    });
  });

  it('is replaced as a whole: what is left out is gone, and its birth stays', async () => {
    const made = (await create({ name: 'Before', description: 'Old', tags: ['old'], owner: team })).json as Record<
      string,
      unknown
    >;
    const { json } = await replace(String(made.id), 1, { name: 'After' });
    expect(json).toMatchObject({ id: made.id, name: 'After', tags: [], version: 2, createdAt: made.createdAt });
    for (const field of ['description', 'owner']) expect(json).not.toHaveProperty(field);
    expect((await read(String(made.id))).json).toEqual({ ...(json as object), deploys: [] });
  });

  it('is gone once it is deleted, under every name', async () => {
    const id = await idOf(create({ name: 'Gone', aliases: ['gone-soon'] }));
    expect((await remove('gone-soon')).status).toBe(204);
    for (const ref of [id, 'gone-soon']) expect((await read(ref)).json).toMatchObject({ code: 'service-not-found' });
    expect((await remove(id)).json).toMatchObject({ code: 'service-not-found' });
  });

  it('has an owner that exists: none other is taken, at creation nor later', async () => {
    const nobody = `team_${'0'.repeat(16)}`;
    expect((await create({ name: 'Orphan', owner: nobody })).json).toMatchObject({
      code: 'owner-not-found',
      status: 422,
    });
    const id = await idOf(create({ name: 'Owned', owner: team }));
    expect((await replace(id, 1, { name: 'Owned', owner: nobody })).json).toMatchObject({ code: 'owner-not-found' });
    expect((await read(id)).json).toMatchObject({ owner: team, version: 1 });
  });
});

describe('an alias', () => {
  it('is unique in the tenant, and a refused creation makes nothing', async () => {
    await create({ name: 'First', aliases: ['unique-one'] });
    const before = (await caller.all('/v1/services')).length;
    const second = await create({ name: 'Second', aliases: ['free-one', 'unique-one'] });
    expect(second.json).toMatchObject({ code: 'alias-taken', status: 409 });
    expect((await read('free-one')).status).toBe(404);
    expect(await caller.all('/v1/services')).toHaveLength(before);
  });

  it('may be another tenant’s, and a team’s, at the same time', async () => {
    const twin = await workerTwin();
    const other = callerOf(twin, (await twin.tenant()).token);
    const body = { name: 'Shared', aliases: ['shared-name'] };
    const replies = [
      await create(body),
      await other.ask('POST', '/v1/services', { body }),
      await caller.ask('POST', '/v1/teams', { body }),
    ];
    expect(replies.map(({ status }) => status)).toEqual([201, 201, 201]);
  });

  it('is free again when its service drops it or is deleted, and then names another', async () => {
    const first = await idOf(create({ name: 'First', aliases: ['handed-on', 'kept'] }));
    await replace(first, 1, { name: 'First', aliases: ['kept'] });
    expect((await read('handed-on')).status).toBe(404);
    const second = await idOf(create({ name: 'Second', aliases: ['handed-on'] }));
    expect((await read('handed-on')).json).toMatchObject({ id: second });
    await remove(second);
    const third = await idOf(create({ name: 'Third', aliases: ['handed-on'] }));
    expect((await read('handed-on')).json).toMatchObject({ id: third });
    expect((await read('kept')).json).toMatchObject({ id: first });
  });
});
