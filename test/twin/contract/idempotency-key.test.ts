import { randomUUID } from 'node:crypto';
import { contract } from '../../../lambdas/contract.ts';
import { ask, type Reply } from '../../harness/http.ts';
import type { FreshTenant } from '../../harness/tenant.ts';
import { type TestTwin, workerTwin } from '../../harness/twin.ts';
import { askOf, type ValidRequest, validRequest } from '../../harness/valid-request.ts';

const posts = contract.filter(({ method }) => method === 'POST');

describe.each(posts.map((route) => [route.path, route] as const))('POST %s with an Idempotency-Key', (_path, route) => {
  let twin: TestTwin;
  let tenant: FreshTenant;
  let request: ValidRequest;

  beforeAll(async () => {
    twin = await workerTwin();
    tenant = await twin.tenant();
    request = await validRequest(route, twin.addresses.apiUrl, tenant);
  });

  const post = (key: string, body: unknown = request.body, token = tenant.token): Promise<Reply> => {
    const headers = [...request.headers, ['Idempotency-Key', key]] as const;
    return ask(twin.addresses.apiUrl, 'POST', route.path, { ...askOf({ ...request, body, headers }, token) });
  };
  const eventsAbout = async (id: string): Promise<number> => {
    const reply = await ask(twin.addresses.apiUrl, 'GET', `/v1/audit-events?subject=${id}`, { token: tenant.token });
    return (reply.json as { items: unknown[] }).items.length;
  };
  const without = (json: unknown, names: readonly string[] = []): object =>
    Object.fromEntries(Object.entries(json as object).filter(([name]) => !names.includes(name)));

  it('has one effect and one answer, however often it is sent; what is shown once is shown once', async () => {
    const key = randomUUID();
    const first = await post(key);
    expect([first.status, first.headers['idempotency-replayed']]).toEqual([route.answers.status, undefined]);
    for (const again of [await post(key), await post(key)]) {
      expect([again.status, again.headers['idempotency-replayed']]).toEqual([first.status, 'true']);
      expect(again.json).toEqual(without(first.json, route.answers.shownOnce));
      expect([again.headers.etag, again.headers.location]).toEqual([first.headers.etag, first.headers.location]);
    }
    expect(await eventsAbout((first.json as { id: string }).id)).toBe(1);
  });

  it('does not stand for another request', async () => {
    const key = randomUUID();
    const body = { ...(request.body as object), name: 'First', aliases: undefined };
    expect((await post(key, body)).status).toBe(route.answers.status);
    const other = await post(key, { ...body, name: 'Second' });
    expect([other.status, other.json]).toEqual([422, expect.objectContaining({ code: 'idempotency-key-reused' })]);
  });

  it('is the tenant’s own: another may use the same', async () => {
    const key = randomUUID();
    const body = { ...(request.body as object), owner: undefined, aliases: undefined };
    const other = await twin.tenant();
    const mine = await post(key, body);
    const theirs = await post(key, body, other.token);
    expect([mine.status, theirs.status, theirs.headers['idempotency-replayed']]).toEqual([201, 201, undefined]);
    expect((theirs.json as { id: string }).id).not.toBe((mine.json as { id: string }).id);
  });

  it('that was refused may be sent again when the fault is mended', async () => {
    const key = randomUUID();
    expect((await post(key, { ...(request.body as object), name: '' })).status).toBe(400);
    const body = { ...(request.body as object), aliases: undefined };
    expect((await post(key, body)).status).toBe(route.answers.status);
  });
});
