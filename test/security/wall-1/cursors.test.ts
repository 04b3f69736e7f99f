import { contract, errors, type Operation, problemOf } from '../../../lambdas/contract.ts';
import type { TenantId } from '../../../lambdas/kernel/id.ts';
import type { Position } from '../../../lambdas/kernel/session.ts';
import { cursorFor } from '../../../lambdas/model/cursor.ts';
import { creations } from '../../harness/creations.ts';
import { ask, type Reply } from '../../harness/http.ts';
import { idKinds } from '../../harness/id-positions.ts';
import { answersNext, lists } from '../../harness/lists.ts';
import { bytesOf } from '../../harness/same-bytes.ts';
import { seeded } from '../../harness/seedings.ts';
import type { FreshTenant } from '../../harness/tenant.ts';
import { type TestTwin, workerTwin } from '../../harness/twin.ts';
import { pathOf, type ValidRequest, validRequest } from '../../harness/valid-request.ts';

const refused = { status: errors['invalid-cursor'].status, json: problemOf('invalid-cursor') };

const positionIn = (cursor: string): Position => {
  const [key, indexKey] = JSON.parse(Buffer.from(cursor.split('.')[1] ?? '', 'base64url').toString()) as [
    string,
    string?,
  ];
  return indexKey === undefined ? { key } : { key, indexKey };
};

describe('a cursor continues only its own tenant’s list', () => {
  let twin: TestTwin;
  let own: FreshTenant;
  let other: FreshTenant;

  beforeAll(async () => {
    twin = await workerTwin();
    own = await twin.tenant();
    other = await twin.tenant();
    for (const tenant of [own, other, own, other])
      for (const kind of idKinds) await seeded(kind, twin.addresses.apiUrl, tenant);
  });

  const places = new Map<string, ValidRequest>();
  /** Where a tenant's list is. One below a thing is below the same thing of the tenant's every time, with two in it. */
  const placeOf = async (route: Operation, tenant: FreshTenant): Promise<ValidRequest> => {
    const name = `${route.operation} ${tenant.id}`;
    const known = places.get(name) ?? (await validRequest(route, twin.addresses.apiUrl, tenant));
    const filling = route.path.includes('{') && !places.has(name) ? [0, 1] : [];
    places.set(name, known);
    const maker = creations.find(({ path }) => path === route.path);
    for (const n of filling)
      await ask(twin.addresses.apiUrl, 'POST', pathOf(known), { token: tenant.token, body: maker?.body(n) });
    return known;
  };
  const page = async (route: Operation, tenant: FreshTenant, cursor?: string, limit = 1): Promise<Reply> => {
    const query = new URLSearchParams({ limit: String(limit), ...(cursor && { cursor }) });
    const path = pathOf(await placeOf(route, tenant));
    return ask(twin.addresses.apiUrl, 'GET', `${path}?${query}`, { token: tenant.token });
  };
  const nextOf = async (route: Operation, tenant: FreshTenant): Promise<string> => {
    const { next } = (await page(route, tenant)).json as { next?: string };
    if (next === undefined) throw new Error(`${route.operation} has no second page: seed more in this test.`);
    return next;
  };

  it('every list that answers a next takes a cursor, and no other', () => {
    const answering = contract.filter(answersNext);
    expect(lists.map(({ operation }) => operation)).toEqual(answering.map(({ operation }) => operation));
    expect(lists.length).toBeGreaterThan(0);
  });

  describe.each(lists)('$method $path', (route) => {
    it('serves the next page of one’s own list', async () => {
      expect((await page(route, own, await nextOf(route, own))).status).toBe(200);
    });

    it('refuses another tenant’s cursor with the bytes that nonsense gets', async () => {
      const foreign = await page(route, own, await nextOf(route, other));
      expect(foreign).toMatchObject(refused);
      expect(bytesOf(await page(route, own, 'nonsense'))).toEqual(bytesOf(foreign));
    });

    it('refuses the cursors of one’s other lists', async () => {
      for (const list of lists.filter(({ operation }) => operation !== route.operation)) {
        expect(await page(route, own, await nextOf(list, own))).toMatchObject(refused);
      }
    });

    it('with a cursor forged for another tenant’s position, shows one’s own things or none', async () => {
      const theirs = positionIn(await nextOf(route, other));
      // What a list is below of is part of what its cursors are for.
      const { pathParameters: filters } = await placeOf(route, own);
      const scope = { tenant: own.id as TenantId, operation: route.operation, filters };
      const reply = await page(route, own, cursorFor(scope, theirs));
      const { items = [] } = reply.json as { items?: { id: string }[] };
      const foreign = (await page(route, other, undefined, 100)).text;
      expect(foreign).toContain('"id"');
      expect([200, 400]).toContain(reply.status);
      expect(items.filter(({ id }) => foreign.includes(id))).toEqual([]);
    });
  });
});
