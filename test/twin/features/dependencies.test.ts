import { type Caller, callerOf } from '../../harness/caller.ts';
import { bytesOf } from '../../harness/same-bytes.ts';
import { type TestTwin, workerTwin } from '../../harness/twin.ts';

let twin: TestTwin;
let caller: Caller;
beforeAll(async () => {
  twin = await workerTwin();
  caller = callerOf(twin, (await twin.tenant()).token);
});

const create = (body: object) => caller.ask('POST', '/v1/services', { body });
const made = async (body: object): Promise<string> => {
  const { status, json, text } = await create(body);
  if (status !== 201) throw new Error(`${status} ${text}`);
  return (json as { id: string }).id;
};
const patch = (id: string, body: object) => caller.ask('PATCH', `/v1/services/${id}`, { body });
const remove = (id: string) => caller.ask('DELETE', `/v1/services/${id}`);
const dependants = async (id: string): Promise<readonly string[]> =>
  (await caller.all<{ id: string }>(`/v1/services?dependsOn=${id}`)).map((service) => service.id);

describe('a service that depends on others', () => {
  it('is found by each of them, and keeps each from being deleted', async () => {
    const [queue, store] = [await made({ name: 'Queue' }), await made({ name: 'Store' })];
    const user = await made({ name: 'User', dependencies: [queue, store] });
    for (const id of [queue, store]) {
      expect(await dependants(id)).toEqual([user]);
      expect((await remove(id)).json).toMatchObject({ code: 'service-in-use', status: 409 });
    }
    await patch(user, { dependencies: [store] });
    expect(await dependants(queue)).toEqual([]);
    expect((await remove(queue)).status).toBe(204);
    expect((await remove(store)).json).toMatchObject({ code: 'service-in-use' });
    expect((await remove(user)).status).toBe(204);
    expect((await remove(store)).status).toBe(204);
  });

  it('may depend on one that depends on it: then neither goes before one of them lets go', async () => {
    const one = await made({ name: 'One' });
    const two = await made({ name: 'Two', dependencies: [one] });
    expect((await patch(one, { dependencies: [two] })).status).toBe(200);
    for (const id of [one, two]) expect((await remove(id)).json).toMatchObject({ code: 'service-in-use' });
    await patch(two, { dependencies: [] });
    expect((await remove(one)).status).toBe(204);
    expect((await remove(two)).status).toBe(204);
  });

  it('does not depend on itself, however it is said', async () => {
    const id = await made({ name: 'Alone', aliases: ['alone'] });
    const body = { name: 'Alone', aliases: ['alone'], dependencies: [id] };
    const refused = expect.objectContaining({ code: 'dependency-on-itself', status: 422 });
    expect((await patch(id, { dependencies: [id] })).json).toEqual(refused);
    const put = await caller.ask('PUT', `/v1/services/${id}`, { body, headers: [['If-Match', '"1"']] });
    expect(put.json).toEqual(refused);
    const bulk = await caller.ask('POST', '/v1/bulk/services', { body: { items: [body] } });
    expect(bulk.json).toEqual({ items: [{ outcome: 'refused', problem: refused }] });
    expect((await caller.ask('GET', `/v1/services/${id}`)).json).toMatchObject({ dependencies: [], version: 1 });
  });

  it('depends on none that is deleted, another tenant’s or nobody’s: the three are told alike', async () => {
    const other = callerOf(twin, (await twin.tenant()).token);
    const foreign = ((await other.ask('POST', '/v1/services', { body: { name: 'Foreign' } })).json as { id: string })
      .id;
    const deleted = await made({ name: 'Deleted' });
    await remove(deleted);
    const before = (await caller.all('/v1/services')).length;
    const replies = [];
    for (const id of [deleted, foreign, `svc_${'0'.repeat(16)}`])
      replies.push(bytesOf(await create({ name: 'Lost', dependencies: [id] })));
    expect(replies[0]).toMatchObject({ status: 422 });
    expect(replies[0]?.text).toContain('"dependency-not-found"');
    expect(replies).toEqual([replies[0], replies[0], replies[0]]);
    expect(await caller.all('/v1/services')).toHaveLength(before);
    expect((await other.ask('DELETE', `/v1/services/${foreign}`)).status).toBe(204);
  });

  it('loses none of its dependencies to one that is refused', async () => {
    const kept = await made({ name: 'Kept' });
    const id = await made({ name: 'Partly', dependencies: [kept] });
    const reply = await patch(id, { dependencies: [kept, `svc_${'0'.repeat(16)}`] });
    expect(reply.json).toMatchObject({ code: 'dependency-not-found' });
    expect((await caller.ask('GET', `/v1/services/${id}`)).json).toMatchObject({ dependencies: [kept], version: 1 });
    expect(await dependants(kept)).toEqual([id]);
  });
});

describe('a change that is too much', () => {
  it.each([
    ['a tag of 10,000 characters', { tags: ['x'.repeat(10_000)] }, 'body.tags.0'],
    ['a tag twice', { tags: ['a', 'a'] }, 'body.tags'],
    ['21 tags', { tags: Array.from({ length: 21 }, (_, n) => `t-${n}`) }, 'body.tags'],
    ['11 aliases', { aliases: Array.from({ length: 11 }, (_, n) => `many-${n}`) }, 'body.aliases'],
    ['an alias that looks like an id', { aliases: ['svc_a'] }, 'body.aliases.0'],
  ])('%s is refused, naming the field and what was expected', async (_, more, field) => {
    const reply = await create({ name: 'Much', ...more });
    expect([reply.status, reply.json]).toEqual([
      400,
      expect.objectContaining({ errors: [{ field, expected: expect.stringMatching(/^\S.{5,}/) }] }),
    ]);
    expect(reply.text.length).toBeLessThan(1000);
  });

  it('for one transaction is refused and leaves everything as it was: aliases, tags and dependants', async () => {
    const needed: string[] = [];
    for (let n = 0; n < 30; n += 1) needed.push(await made({ name: `Needed ${n}` }));
    const full = (from: string, of: readonly string[]) => ({
      name: 'Full',
      aliases: Array.from({ length: 10 }, (_, n) => `${from}-alias-${n}`),
      tags: Array.from({ length: 20 }, (_, n) => `${from}-${n}`),
      dependencies: of,
    });
    const before = full('before', needed.slice(0, 15));
    const id = await made(before);
    const after = full('after', needed.slice(15));
    const reply = await patch(id, after);
    expect([reply.status, reply.json]).toEqual([422, expect.objectContaining({ code: 'change-too-large' })]);
    expect((await caller.ask('GET', `/v1/services/${id}`)).json).toMatchObject({ ...before, version: 1 });
    expect((await caller.ask('GET', '/v1/services/after-alias-0')).status).toBe(404);
    expect(await dependants(needed[20] ?? '')).toEqual([]);
    expect(await dependants(needed[0] ?? '')).toEqual([id]);
    expect(await caller.auditOf(id)).toHaveLength(1);
    // In steps, as the advice says.
    for (const step of [{ aliases: after.aliases }, { tags: after.tags }, { dependencies: after.dependencies }])
      expect((await patch(id, step)).status).toBe(200);
    expect((await caller.ask('GET', `/v1/services/${id}`)).json).toMatchObject({ ...after, version: 4 });
  });
});

describe('a team with a parent', () => {
  it('is none above itself, told whichever way it is said', async () => {
    const make = async (name: string, parent?: string): Promise<string> =>
      ((await caller.ask('POST', '/v1/teams', { body: { name, parent } })).json as { id: string }).id;
    const top = await make('Top');
    const middle = await make('Middle', top);
    const low = await make('Low', middle);
    const expectCycle = async (team: string, parent: string) =>
      expect((await caller.ask('PATCH', `/v1/teams/${team}`, { body: { parent } })).json).toMatchObject({
        code: 'team-cycle',
        status: 422,
      });
    await expectCycle(top, top);
    await expectCycle(top, middle);
    await expectCycle(top, low);
    expect((await caller.ask('PATCH', `/v1/teams/${low}`, { body: { parent: top } })).status).toBe(200);
    expect((await caller.ask('DELETE', `/v1/teams/${top}`)).json).toMatchObject({ code: 'team-in-use' });
    const other = callerOf(twin, (await twin.tenant()).token);
    const foreign = (await other.ask('POST', '/v1/teams', { body: { name: 'Foreign' } })).json as { id: string };
    for (const parent of [foreign.id, `team_${'0'.repeat(16)}`])
      expect((await caller.ask('POST', '/v1/teams', { body: { name: 'Lost', parent } })).json).toMatchObject({
        code: 'parent-not-found',
      });
  });
});
