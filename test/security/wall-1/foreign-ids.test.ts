import { contract, errors, type Operation } from '../../../lambdas/contract.ts';
import type { IdKind } from '../../../lambdas/kernel/id-kinds.ts';
import { ask, type Reply } from '../../harness/http.ts';
import { type IdPosition, idPositionsOf, missingId } from '../../harness/id-positions.ts';
import { bytesOf } from '../../harness/same-bytes.ts';
import { seeded } from '../../harness/seedings.ts';
import type { FreshTenant } from '../../harness/tenant.ts';
import { type TestTwin, workerTwin } from '../../harness/twin.ts';
import { askOf, urlOf, validRequest } from '../../harness/valid-request.ts';
import { everythingOf } from './everything-of.ts';

interface Row {
  readonly route: Operation;
  readonly position: IdPosition;
  readonly kind: IdKind;
  readonly name: string;
}

const rows: readonly Row[] = contract.flatMap((route) =>
  idPositionsOf(route).flatMap((position) =>
    position.kinds.map((kind) => ({
      route,
      position,
      kind,
      name: `${route.method} ${route.path}: ${position.place}.${position.at} as ${kind}_…`,
    })),
  ),
);

interface Outcome {
  readonly outcome: string;
  readonly problem?: { readonly status: number };
}
/** Of the one element of a bulk change. */
const outcomeOf = ({ json }: Reply): Outcome => (json as { items: [Outcome] }).items[0];

/** What a route may say to an id that the tenant does not have. */
const isRefusal = ({ route, position }: Row, reply: Reply): boolean => {
  const { status, json } = reply;
  if (route.each)
    return status === 200 && outcomeOf(reply).outcome === 'refused' && outcomeOf(reply).problem?.status === 422;
  const { code, items } = json as { code?: keyof typeof errors; items?: unknown[] };
  if (position.place === 'query') return status === 200 && items?.length === 0;
  const of = position.place === 'path' ? 404 : 422;
  return code !== undefined && route.errors.includes(code) && status === of && errors[code].status === of;
};

describe('another tenant’s id', () => {
  let twin: TestTwin;
  let own: FreshTenant;
  let other: FreshTenant;

  beforeAll(async () => {
    twin = await workerTwin();
    own = await twin.tenant();
    other = await twin.tenant();
  });

  const send = async ({ route, position }: Row, value: string): Promise<Reply> => {
    const { apiUrl } = twin.addresses;
    const request = await validRequest(route, apiUrl, own, { position, value });
    return ask(apiUrl, request.method, urlOf(request), askOf(request, own.token));
  };

  it.each(rows)('$name: is answered as one that nothing has, and leaves its owner’s data alone', async (row) => {
    const { apiUrl } = twin.addresses;
    const { id, alias } = await seeded(row.kind, apiUrl, other);
    const before = await everythingOf(apiUrl, other, { kind: row.kind, id });
    const foreign = await send(row, id);
    expect(bytesOf(foreign)).toEqual(bytesOf(await send(row, missingId(row.kind))));
    expect(isRefusal(row, foreign)).toBe(true);
    if (alias !== undefined && row.position.place === 'path') {
      const byAlias = await send(row, alias);
      expect(bytesOf(byAlias)).toEqual(bytesOf(await send(row, 'an-alias-that-nothing-has')));
      expect(bytesOf(byAlias)).toEqual(bytesOf(foreign));
    }
    expect(await everythingOf(apiUrl, other, { kind: row.kind, id })).toEqual(before);
  });

  it.each(rows)('$name: the same request with an id of one’s own is served', async (row) => {
    const { apiUrl } = twin.addresses;
    const { id, alias } = await seeded(row.kind, apiUrl, own);
    const served = await send(row, id);
    expect(served.status).toBe(row.route.answers.status);
    if (row.route.each) expect(outcomeOf(served).outcome).toBe('created');
    if (alias !== undefined && row.position.place === 'path') {
      const again = await seeded(row.kind, apiUrl, own);
      expect((await send(row, again.alias ?? '')).status).toBe(row.route.answers.status);
    }
  });

  it('every path parameter is tried: none is of a form that this test does not see', () => {
    // What anybody may read is served without a session: nothing of any tenant is within its reach.
    const named = contract
      .filter(({ permission }) => permission !== 'public')
      .flatMap(({ operation, path }) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => `${operation} ${name}`));
    const seen = rows.filter(({ position }) => position.place === 'path');
    expect(new Set(seen.map(({ route, position }) => `${route.operation} ${position.at}`))).toEqual(new Set(named));
  });
});
