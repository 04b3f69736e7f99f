import { type Table, tableOf, tables } from '../../../lambdas/functions.ts';
import { attemptsAt, collections, executionActors, may, tenantActors } from '../../harness/actors.ts';
import { placeOf } from '../../harness/collection-place.ts';
import { type Intruder, intruderIn } from '../../harness/intruder.ts';
import { itemRequests } from '../../harness/item-requests.ts';
import { expectAll, judge } from '../../harness/judge.ts';
import { type TestTwin, workerTwin } from '../../harness/twin.ts';

const tableNames = Object.keys(tables) as Table[];

let twin: TestTwin;
let intruder: Intruder;
let tenant: string;
beforeAll(async () => {
  twin = await workerTwin();
  intruder = intruderIn(twin);
  tenant = (await twin.tenant()).id;
});
afterAll(() => intruder.close());

/** The control of every other test here: what is declared succeeds, so that refusals are not for a broken request. */
describe.each(tenantActors)('a session of the tenant role of $name', ({ name, touches }) => {
  describe.each(collections)('on its own %s', (collection) => {
    const requests = itemRequests(tableOf(collection));
    const declared = requests.filter(({ right }) => may(touches, collection, right));
    const undeclared = requests.filter((request) => !declared.includes(request));

    if (declared.length > 0)
      it(`does what its routes declare: ${touches[collection]}`, async () => {
        const session = await intruder.asTenant(name, tenant);
        const place = placeOf(tenant, collection);
        expectAll(await judge(twin.control, session, attemptsAt(declared, place)), 'done');
      });

    it('is refused every other request', async () => {
      const session = await intruder.asTenant(name, tenant);
      const place = placeOf(tenant, collection);
      expectAll(await judge(twin.control, session, attemptsAt(undeclared, place)), 'refused');
    });
  });

  it('is refused the partitions that it may ask for in any table but theirs', async () => {
    const session = await intruder.asTenant(name, tenant);
    for (const collection of collections.filter((each) => touches[each])) {
      for (const table of tableNames.filter((each) => each !== tableOf(collection))) {
        const requests = itemRequests(table).filter(({ right }) => right !== 'never');
        const attempts = attemptsAt(requests, { ...placeOf(tenant, collection), table });
        expectAll(await judge(twin.control, session, attempts), 'refused');
      }
    }
  });
});

describe.each(executionActors)('the function $name in its own name', ({ name, everyTenant, platform }) => {
  it.each(collections)(
    'has of %s in a tenant what it must know before there is a tenant, and nothing else',
    async (collection) => {
      const requests = itemRequests(tableOf(collection));
      const declared = requests.filter(({ right }) => may(everyTenant, collection, right));
      const undeclared = requests.filter((request) => !declared.includes(request));
      const own = await intruder.inFunction(name);
      const place = placeOf(tenant, collection);
      if (declared.length > 0) expectAll(await judge(twin.control, own, attemptsAt(declared, place)), 'done');
      expectAll(await judge(twin.control, own, attemptsAt(undeclared, place)), 'refused');
    },
  );

  it.each(collections)('has of %s of the platform what it declares, and nothing else', async (collection) => {
    const requests = itemRequests(tableOf(collection));
    const declared = requests.filter(({ right }) => may(platform, collection, right));
    const undeclared = requests.filter((request) => !declared.includes(request));
    const own = await intruder.inFunction(name);
    const place = placeOf('platform', collection);
    if (declared.length > 0) expectAll(await judge(twin.control, own, attemptsAt(declared, place)), 'done');
    expectAll(await judge(twin.control, own, attemptsAt(undeclared, place)), 'refused');
  });
});

it('only the authorizer reaches into every tenant: tokens to read and to stamp, users and status to read', () => {
  const reaching = executionActors.filter(({ everyTenant }) => Object.keys(everyTenant).length > 0);
  expect(reaching.map(({ name, everyTenant }) => ({ name, everyTenant }))).toEqual([
    { name: 'authorizer', everyTenant: { tokens: ['read', 'stamp'], users: 'read', status: 'read' } },
  ]);
});
