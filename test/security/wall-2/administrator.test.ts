import { tableOf } from '../../../lambdas/functions.ts';
import { attemptsAt, collections } from '../../harness/actors.ts';
import { type Intruder, intruderIn } from '../../harness/intruder.ts';
import { itemRequests } from '../../harness/item-requests.ts';
import { expectAll, judge } from '../../harness/judge.ts';
import { placesIn, stockedTenant, stockOf } from '../../harness/stocked-tenant.ts';
import { type TestTwin, workerTwin } from '../../harness/twin.ts';

let twin: TestTwin;
let intruder: Intruder;
beforeAll(async () => {
  twin = await workerTwin();
  intruder = intruderIn(twin);
});
afterAll(() => intruder.close());

/** Identity policies let an administrator do everything. What stands between them and the data is the table's key. */
it('an administrator of the account neither reads nor writes an item: the keys know no administrator', async () => {
  const { id } = await stockedTenant(twin);
  const month = new Date(await twin.control.now()).toISOString().slice(0, 7);
  const places = placesIn(await stockOf(intruder, id, month), id, month);
  const administrator = await intruder.administrator();
  for (const collection of collections) {
    const place = places.get(collection);
    if (!place) throw new Error(`There is nothing to try in ${collection}.`);
    const attempts = attemptsAt(itemRequests(tableOf(collection)), place);
    const verdicts = await judge(twin.control, administrator, attempts);
    expectAll(verdicts, 'refused');
    expect(verdicts.filter(({ reason }) => !reason.startsWith('kms:Decrypt on '))).toEqual([]);
  }
});
