import { contract, type Operation } from '../../../lambdas/contract.ts';
import { ask, type Reply } from '../../harness/http.ts';
import type { FreshTenant } from '../../harness/tenant.ts';
import { type TestTwin, workerTwin } from '../../harness/twin.ts';
import { askOf, validRequest } from '../../harness/valid-request.ts';

/** The routes of one item, by the route that makes it. */
const itemRoute = (maker: Operation, method: Operation['method']): Operation | undefined =>
  contract.find((route) => route.method === method && new RegExp(`^${maker.path}/\\{\\w+\\}$`).test(route.path));

const versioned = contract.filter((route) => route.method === 'POST' && route.etag);

it('every route that answers an ETag is about a thing that these tests make', () => {
  const tested = versioned.flatMap((maker) => [
    maker,
    ...(['GET', 'PUT', 'PATCH'] as const).map((method) => itemRoute(maker, method)),
  ]);
  expect(tested.map((route) => route?.operation).sort()).toEqual(
    contract.flatMap(({ etag, operation }) => (etag ? [operation] : [])).sort(),
  );
});

describe.each(versioned.map((maker) => [maker.path, maker] as const))('what %s makes', (_path, maker) => {
  let twin: TestTwin;
  let tenant: FreshTenant;
  let path: string;

  const call = async (method: Operation['method'], ifMatch?: string): Promise<Reply> => {
    const route = itemRoute(maker, method);
    if (!route) throw new Error(`No ${method} below ${maker.path}.`);
    const body = route.input.body ? (await validRequest(route, twin.addresses.apiUrl, tenant)).body : undefined;
    return ask(twin.addresses.apiUrl, method, path, {
      token: tenant.token,
      ...(body !== undefined && { body }),
      headers: ifMatch === undefined ? [] : [['If-Match', ifMatch]],
    });
  };
  const mismatch = expect.objectContaining({ code: 'version-mismatch' });

  beforeEach(async () => {
    twin = await workerTwin();
    tenant = await twin.tenant();
    const request = await validRequest(maker, twin.addresses.apiUrl, tenant);
    const made = await ask(twin.addresses.apiUrl, 'POST', maker.path, askOf(request, tenant.token));
    expect(made.headers.etag).toBe('"1"');
    path = String(made.headers.location);
  });

  it.each(['PUT', 'PATCH'] as const)('is changed by %s with the ETag it was read with, once', async (method) => {
    const { etag } = (await call('GET')).headers;
    const changed = await call(method, String(etag));
    expect([changed.status, changed.headers.etag]).toEqual([200, '"2"']);
    expect((await call('GET')).headers.etag).toBe('"2"');
    const again = await call(method, String(etag));
    expect([again.status, again.json]).toEqual([412, mismatch]);
    expect((await call('GET')).json).toMatchObject(changed.json as object);
  });

  it('is not replaced without an ETag, and patched with none as it is found', async () => {
    const before = await call('GET');
    expect((await call('PUT')).json).toMatchObject({ code: 'if-match-required' });
    expect((await call('GET')).json).toEqual(before.json);
    for (const etag of ['"2"', '"3"']) expect((await call('PATCH')).headers.etag).toBe(etag);
  });

  it('is deleted with its ETag, with none, and not with an old one', async () => {
    await call('PUT', '"1"');
    expect((await call('DELETE', '"1"')).status).toBe(412);
    expect((await call('DELETE', '"2"')).status).toBe(204);
    expect((await call('DELETE')).status).toBe(404);
    expect((await call('GET')).status).toBe(404);
  });
});
