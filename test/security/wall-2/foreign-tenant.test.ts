import { type Collection, tableOf } from '../../../lambdas/functions.ts';
import { attemptsAt, collections, may, tenantActors } from '../../harness/actors.ts';
import { placeOf } from '../../harness/collection-place.ts';
import { type Intruder, intruderIn } from '../../harness/intruder.ts';
import type { Place } from '../../harness/item-request.ts';
import { itemRequests } from '../../harness/item-requests.ts';
import { expectAll, judge } from '../../harness/judge.ts';
import { mixedQueries } from '../../harness/query-requests.ts';
import { placesIn, stockedTenant, stockOf } from '../../harness/stocked-tenant.ts';
import { type TestTwin, workerTwin } from '../../harness/twin.ts';

let twin: TestTwin;
let intruder: Intruder;
let tenant: string;
let victim: string;
let month: string;
let stock: Awaited<ReturnType<typeof stockOf>>;
let places: ReadonlyMap<Collection, Place>;
beforeAll(async () => {
  twin = await workerTwin();
  intruder = intruderIn(twin);
  tenant = (await twin.tenant()).id;
  victim = (await stockedTenant(twin)).id;
  month = new Date(await twin.control.now()).toISOString().slice(0, 7);
  stock = await stockOf(intruder, victim, month);
  places = placesIn(stock, victim, month);
});
afterAll(() => intruder.close());

const foreignIn = (collection: Collection): Place => places.get(collection) ?? placeOf(victim, collection);

it('there is something to reach: the other tenant has items in every collection that is listed', () => {
  const empty = [...stock].filter(([, items]) => items.length === 0).map(([collection]) => collection);
  expect(empty).toEqual([]);
});

describe.each(tenantActors)('a session of the tenant role of $name', ({ name, touches }) => {
  it.each(collections)('is refused %s of another tenant, whatever it asks with', async (collection) => {
    const session = await intruder.asTenant(name, tenant);
    const attempts = attemptsAt(itemRequests(tableOf(collection)), foreignIn(collection));
    expectAll(await judge(twin.control, session, attempts), 'refused');
  });

  it('is refused what is foreign in the company of what is its own, in either order', async () => {
    const session = await intruder.asTenant(name, tenant);
    for (const collection of collections.filter((each) => touches[each])) {
      const own = placeOf(tenant, collection);
      const requests = itemRequests(tableOf(collection)).filter(
        ({ takesSeveral, right }) => takesSeveral && may(touches, collection, right),
      );
      for (const foreign of collections.map(foreignIn)) {
        const attempts = [...attemptsAt(requests, own, foreign), ...attemptsAt(requests, foreign, own)];
        if (attempts.length > 0) expectAll(await judge(twin.control, session, attempts), 'refused');
      }
      expectAll(await judge(twin.control, session, attemptsAt(mixedQueries, own, foreignIn(collection))), 'refused');
    }
  });

  it('is refused partitions whose key only resembles one of its own', async () => {
    const session = await intruder.asTenant(name, tenant);
    for (const collection of collections.filter((each) => touches[each])) {
      const own = placeOf(tenant, collection);
      const keys = [
        own.pk.toLowerCase(),
        own.pk.toUpperCase(),
        ` ${own.pk}`,
        `${own.pk} `,
        `${own.pk}#`,
        `${own.pk}\u0000`,
        `${own.pk}?`,
        `${tenant}#*`,
        `${tenant}#`,
        tenant,
        `${tenant}##${collection}`,
        `${victim}#${own.pk}`,
        `\${aws:PrincipalTag/tenant}#${collection}`,
        `ten_????????????#${collection}`,
        `*#${collection}`,
      ];
      const declared = itemRequests(own.table).filter(({ right }) => may(touches, collection, right));
      const requests = [...new Map(declared.map((request) => [request.right, request])).values()];
      for (const pk of keys.filter((each) => each !== own.pk))
        expectAll(await judge(twin.control, session, attemptsAt(requests, { ...own, pk })), 'refused');
    }
  });
});

it('after all of this the other tenant has what it had', async () => {
  expect(await stockOf(intruder, victim, month)).toEqual(stock);
});
