import { request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { type Caller, callerOf } from '../../harness/caller.ts';
import { creations, type Opened } from '../../harness/creations.ts';
import { refusalOf } from '../../harness/refusal-of.ts';
import { type SoloTwin, soloTwin } from '../../harness/solo-twin.ts';
import type { FreshTenant } from '../../harness/tenant.ts';

let twin: SoloTwin;
let tenant: FreshTenant;
let owner: Caller;
beforeAll(async () => {
  twin = await soloTwin();
});
beforeEach(async () => {
  tenant = await twin.tenant();
  owner = callerOf(twin, tenant.token);
});
afterEach(() => twin.control.clearFaults());
afterAll(() => twin.end());

const onCommit = (kind: 'lose-response' | 'delay', times: number, ms?: number) =>
  twin.control.fault({ service: 'dynamodb', operation: 'TransactWriteItems', kind, times, ...(ms && { ms }) });

const headers = [['Idempotency-Key', 'lost']] as const;

/** Sends a request and hangs up before the answer: whether it was served the client cannot know. */
const hangUp = (path: string, body: object, afterMs: number): Promise<void> =>
  new Promise((resolve) => {
    const payload = JSON.stringify(body);
    const sent = request(`${twin.addresses.apiUrl}${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${tenant.token}`,
        'content-type': 'application/json',
        'idempotency-key': 'lost',
        'content-length': Buffer.byteLength(payload),
      },
    });
    sent.on('error', () => {});
    sent.on('close', resolve);
    sent.end(payload);
    setTimeout(() => sent.destroy(), afterMs);
  });

describe.each(creations)('$method $path', (creation) => {
  const { operation, body, audit = '', answers } = creation;
  let at: Opened;
  let before: { readonly made: number; readonly audited: number };
  const count = async () => ({
    made: (await owner.all(at.list)).length,
    audited: (await owner.audited(audit)).length,
  });
  const oneMore = () => ({ made: before.made + 1, audited: before.audited + 1 });
  const post = (more = {}) => owner.ask('POST', at.path, { body: body(0), ...more });
  beforeEach(async () => {
    at = await creation.open(twin.addresses.apiUrl, tenant);
    before = await count();
  });

  it('the table’s answer lost after the commit: one effect, one audit event, and the answer says so', async () => {
    await onCommit('lose-response', 1);
    expect((await post()).status).toBe(answers.status);
    expect(await count()).toEqual(oneMore());
  });

  it('the table’s answer lost for good: unavailable, and the same key later tells what was done', async () => {
    await onCommit('lose-response', 1000);
    expect(refusalOf(operation, await post({ headers }))).toBe('unavailable');
    await twin.control.clearFaults();
    const retried = await post({ headers });
    expect([retried.status, retried.headers['idempotency-replayed']]).toEqual([answers.status, 'true']);
    for (const secret of answers.shownOnce ?? []) expect(retried.json).not.toHaveProperty(secret);
    expect(await count()).toEqual(oneMore());
  });

  it('our answer lost to the client: the same key tells what was done, and does it no second time', async () => {
    await onCommit('delay', 1, 300);
    await hangUp(at.path, body(0), 100);
    while ((await count()).made === before.made) await wait(50);
    const retried = await post({ headers });
    expect([retried.status, retried.headers['idempotency-replayed']]).toEqual([answers.status, 'true']);
    for (const secret of answers.shownOnce ?? []) expect(retried.json).not.toHaveProperty(secret);
    expect(await count()).toEqual(oneMore());
  });

  it('a retry that overtakes the request it repeats: one effect', async () => {
    await onCommit('delay', 1, 600);
    await hangUp(at.path, body(0), 100);
    expect((await post({ headers })).status).toBe(answers.status);
    await wait(900);
    expect(await count()).toEqual(oneMore());
  });
});

it.each(['PUT', 'DELETE'] as const)('%s: the table’s answer lost after the commit is no lost race', async (method) => {
  const { id } = (await owner.ask('POST', '/v1/services', { body: { name: 'Before' } })).json as { id: string };
  await onCommit('lose-response', 1);
  const reply = await owner.ask(method, `/v1/services/${id}`, {
    ...(method === 'PUT' && { body: { name: 'After' } }),
    headers: [['If-Match', '"1"']],
  });
  expect(reply.status).toBe(method === 'PUT' ? 200 : 204);
  expect(await owner.auditOf(id)).toHaveLength(2);
});
