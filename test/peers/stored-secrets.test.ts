import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { parseToken } from '../../lambdas/model/token-format.ts';
import { placeOf } from '../harness/collection-place.ts';
import { type Intruder, intruderIn } from '../harness/intruder.ts';
import { keyAt, tableAt } from '../harness/item-request.ts';
import type { FreshTenant } from '../harness/tenant.ts';
import { type TestTwin, workerTwin } from '../harness/twin.ts';
import { itWith } from './programs.ts';
import { runPython } from './run-program.ts';

let twin: TestTwin;
let intruder: Intruder;
let tenant: FreshTenant;
beforeAll(async () => {
  twin = await workerTwin();
  intruder = intruderIn(twin);
  tenant = await twin.tenant();
});
afterAll(() => intruder.close());

const kept = async (
  token: string,
): Promise<{ readonly secret: string; readonly hash: string; readonly item: string }> => {
  const parts = parseToken(token);
  if (!parts) throw new Error('This is no token.');
  const { dynamoDb } = await intruder.asTenant('tokens', tenant.id);
  const place = placeOf(tenant.id, 'tokens', parts.credential);
  const { Item } = await dynamoDb.send(new GetItemCommand({ ...tableAt(place), Key: keyAt(place) }));
  return { secret: parts.secret, hash: Item?.hash?.S ?? '', item: JSON.stringify(Item) };
};

itWith('bcrypt')(
  'a token is kept as a bcrypt hash of its secret and of no other, and the secret is not kept',
  async () => {
    const one = await kept(tenant.token);
    const other = await kept((await tenant.issue()).token);
    const pairs = [one, other, { ...one, hash: other.hash }, { ...one, secret: `${one.secret.slice(0, -1)}!` }];
    expect(await runPython('bcrypt', 'check-secrets.py', pairs)).toEqual([true, true, false, false]);
    for (const { item, secret } of [one, other]) expect(item).not.toContain(secret);
  },
);
