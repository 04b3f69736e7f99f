import { type Caller, callerOf } from '../../harness/caller.ts';
import { workerTwin } from '../../harness/twin.ts';

let caller: Caller;
let team: string;
beforeAll(async () => {
  const twin = await workerTwin();
  caller = callerOf(twin, (await twin.tenant()).token);
  team = await made('/v1/teams', { name: 'Payments' });
});

const made = async (path: string, body: object): Promise<string> => {
  const { status, json, text } = await caller.ask('POST', path, { body });
  if (status !== 201) throw new Error(`${status} ${text}`);
  return (json as { id: string }).id;
};
const patch = (path: string, body: unknown, headers: readonly (readonly [string, string])[] = []) =>
  caller.ask('PATCH', path, {
    raw: JSON.stringify(body),
    headers: [['Content-Type', 'application/merge-patch+json'], ...headers],
  });
const told = {
  name: 'Ledger',
  description: 'Books every payment.',
  tier: 1,
  lifecycle: 'experimental',
  language: 'Go',
  tags: ['money', 'pci'],
  links: [{ title: 'Dashboard', url: 'https://dash.example' }],
  onCall: { kind: 'slack', value: '#ledger', purpose: 'alerts' },
  annotations: { 'example.com/cost': '7', kept: 'yes' },
};
const service = async (more: object = {}): Promise<string> =>
  `/v1/services/${await made('/v1/services', { ...told, owner: team, ...more })}`;

describe('a patch of a service', () => {
  it('leaves what it does not name as it is', async () => {
    const path = await service();
    const before = (await caller.ask('GET', path)).json as Record<string, unknown>;
    const { json } = await patch(path, { tier: 2 });
    expect(json).toMatchObject({ ...told, owner: team, tier: 2, version: 2, createdAt: before.createdAt });
    expect((await caller.ask('GET', path)).json).toMatchObject(json as object);
  });

  it('takes away what it names with null, or gives it what it has when nothing is said', async () => {
    const path = await service();
    const { json } = await patch(path, {
      description: null,
      owner: null,
      onCall: null,
      tags: null,
      lifecycle: null,
      tier: null,
    });
    expect(json).toMatchObject({ name: 'Ledger', tags: [], lifecycle: 'production', tier: 4, language: 'Go' });
    for (const field of ['description', 'owner', 'onCall']) expect(json).not.toHaveProperty(field);
  });

  it('replaces a list as a whole, and an object by its fields', async () => {
    const path = await service();
    const { json } = await patch(path, {
      tags: ['go'],
      onCall: { value: '#payments', purpose: null },
      annotations: { 'example.com/cost': null, added: 'too' },
    });
    expect(json).toMatchObject({ tags: ['go'], onCall: { kind: 'slack', value: '#payments' } });
    expect((json as { annotations: object }).annotations).toEqual({ kept: 'yes', added: 'too' });
    expect((json as { onCall: object }).onCall).not.toHaveProperty('purpose');
  });

  it('that would leave something invalid is refused, naming the field, and leaves nothing', async () => {
    const path = await service();
    for (const [body, field] of [
      [{ onCall: { kind: 'email' } }, 'body.onCall.value'],
      [{ onCall: { kind: 'phone' } }, 'body.onCall.value'],
      [{ annotations: Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`a-${n}`, ''])) }, 'body.annotations'],
    ] as const) {
      const reply = await patch(path, { ...body, tier: 3 });
      expect([reply.status, reply.json]).toEqual([
        422,
        expect.objectContaining({
          code: 'invalid-result',
          errors: expect.arrayContaining([expect.objectContaining({ field })]),
        }),
      ]);
    }
    expect((await caller.ask('GET', path)).json).toMatchObject({ ...told, version: 1 });
  });

  it.each([
    [{ name: null }, 'body.name'],
    [{ id: 'svc_0000000000000000' }, 'body.id'],
    [{ version: 9 }, 'body.version'],
    [{ tags: [null] }, 'body.tags.0'],
    [{ annotations: { '/a': 'x' } }, 'body.annotations./a'],
    [[{ op: 'replace', path: '/tier', value: 2 }], 'body'],
    [null, 'body'],
  ])('that is %j is refused, naming the field', async (body, field) => {
    const reply = await patch(await service(), body);
    expect([reply.status, reply.json]).toEqual([
      400,
      expect.objectContaining({ errors: [expect.objectContaining({ field })] }),
    ]);
  });

  it('by an alias may take that alias away, and give another', async () => {
    await service({ aliases: ['ledger'] });
    expect((await patch('/v1/services/ledger', { aliases: ['books'] })).status).toBe(200);
    expect((await caller.ask('GET', '/v1/services/ledger')).status).toBe(404);
    expect((await caller.ask('GET', '/v1/services/books')).json).toMatchObject({ name: 'Ledger', version: 2 });
  });

  it('leaves an audit event that names the fields it changed, never what was in them', async () => {
    const path = await service();
    await patch(path, { description: 'Private words', tier: 2, language: 'Go' });
    const [event] = await caller.auditOf(path.split('/').at(-1) ?? '');
    expect(event).toMatchObject({ action: 'service.updated', details: { changed: ['description', 'tier'] } });
    expect(JSON.stringify(event)).not.toMatch(/Private words/);
  });

  it('is not made with the ETag of another version, and is with its own', async () => {
    const path = await service();
    await patch(path, { tier: 2 });
    expect((await patch(path, { tier: 3 }, [['If-Match', '"1"']])).json).toMatchObject({ code: 'version-mismatch' });
    expect((await patch(path, { tier: 3 }, [['If-Match', '"2"']])).headers.etag).toBe('"3"');
  });
});

it('a patch of a team merges its annotations and replaces its contacts', async () => {
  const contacts = [{ kind: 'email', value: 'a@tenant.example' }];
  const id = await made('/v1/teams', {
    name: 'Patched',
    contacts,
    members: ['a@tenant.example'],
    annotations: { a: '1' },
  });
  const { json } = await patch(`/v1/teams/${id}`, { contacts: [], annotations: { b: '2' }, parent: team });
  expect(json).toMatchObject({
    contacts: [],
    members: ['a@tenant.example'],
    annotations: { a: '1', b: '2' },
    parent: team,
  });
});

it('a patch of a repository keeps its URL, or moves it', async () => {
  const path = `/v1/repositories/${await made('/v1/repositories', { name: 'R', url: 'https://git.example/patched' })}`;
  expect((await patch(path, { archived: true })).json).toMatchObject({
    archived: true,
    url: 'https://git.example/patched',
  });
  expect((await patch(path, { url: 'https://git.example/moved', archived: null })).json).toMatchObject({
    archived: false,
  });
  expect(
    (await caller.ask('POST', '/v1/repositories', { body: { name: 'Next', url: 'https://git.example/patched' } }))
      .status,
  ).toBe(201);
});
