import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { hostileAssembly } from '../../harness/hostile-function.ts';
import { ask } from '../../harness/http.ts';
import { runTwin } from '../../harness/run-twin.ts';
import { eventsFromHere, securityEvents } from '../../harness/security-events.ts';
import type { FreshTenant } from '../../harness/tenant.ts';
import { type TestTwin, testTwin } from '../../harness/twin.ts';
import type { Order, Result } from '../hostile/order.ts';

let twin: TestTwin;
let attacker: FreshTenant;
let victim: FreshTenant;
beforeAll(async () => {
  const assembly = hostileAssembly('security-event', { catalog: 'test/security/hostile/obedient.ts' });
  twin = testTwin(await runTwin('security-event', { assembly }));
  [attacker, victim] = [await twin.tenant(), await twin.tenant()];
});
afterAll(() => process.kill(twin.addresses.pid, 'SIGTERM'));

const give = async (order: Order, { token }: FreshTenant = attacker): Promise<Result> => {
  const { json } = await ask(twin.addresses.apiUrl, 'PUT', '/v1/services/any', { token, body: order });
  return json as Result;
};
/** What the function answered, and the security events it wrote meanwhile. */
const told = async (order: Order) => {
  const since = await eventsFromHere(twin.control);
  const result = await give(order);
  return { result, events: await securityEvents(twin.control, since) };
};

const TableName = 'ringfence-local-records';
const secretOf = (tenant: string) => ({ pk: { S: `${tenant}#services` }, sk: { S: 'secret' } });
const touched = (action: string, more: object = { tenant: attacker.id }) => ({
  group: '/ringfence/local/catalog',
  event: 'tenant-boundary-touched',
  service: 'DynamoDBClient',
  action,
  ...more,
});

it('a hostile function does what its own tenant may, without an event', async () => {
  const item = { ...secretOf(victim.id), text: { S: 'of the victim' } };
  expect(await give({ command: 'PutItem', input: { TableName, Item: item } }, victim)).toHaveProperty('answer');
  const { result, events } = await told({ command: 'GetItem', input: { TableName, Key: secretOf(attacker.id) } });
  expect(result).toHaveProperty('answer');
  expect(events).toEqual([]);
});

it.each<[string, (foreign: Record<string, unknown>) => Record<string, unknown>]>([
  ['GetItem', (Key) => ({ TableName, Key })],
  ['BatchGetItem', (Key) => ({ RequestItems: { [TableName]: { Keys: [Key] } } })],
  ['Query', ({ pk }) => ({ TableName, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': pk } })],
  ['Scan', () => ({ TableName })],
  ['PutItem', (Item) => ({ TableName, Item })],
  ['DeleteItem', (Key) => ({ TableName, Key })],
  ['TransactGetItems', (Key) => ({ TransactItems: [{ Get: { TableName, Key } }] })],
  ['TransactWriteItems', (Key) => ({ TransactItems: [{ Delete: { TableName, Key } }] })],
  ['ExecuteStatement', () => ({ Statement: `SELECT * FROM "${TableName}"` })],
  ['ListTables', () => ({})],
])(
  '%s for what is another tenant’s is refused, and our middleware says whose boundary was touched',
  async (command, input) => {
    const { result, events } = await told({ command, input: input(secretOf(victim.id)) });
    expect(result).toEqual({ error: 'AccessDeniedException' });
    expect(events).toEqual([touched(`${command}Command`)]);
  },
);

it('a session that the trust policy does not give is an event of STS too', async () => {
  const { result, events } = await told({ tenant: 'platform', command: 'get', input: { key: 'secret' } });
  expect(result).toEqual({ error: 'AccessDenied' });
  expect(events).toContainEqual({ ...touched('AssumeRoleCommand', {}), service: 'STSClient' });
  expect(events).toContainEqual(touched('GetItemCommand', { tenant: 'platform' }));
});

/** Published in docs: what runs in a feature function can ask for any tenant's session, for that feature's items. */
it('the known limit is no wider than the feature: another tenant’s session reads the feature’s items and no other', async () => {
  const asVictim = { tenant: victim.id, command: 'GetItem' };
  const own = await give({ ...asVictim, input: { TableName, Key: secretOf(victim.id) } });
  expect(own).toMatchObject({ answer: { Item: { text: { S: 'of the victim' } } } });
  const key = { pk: { S: `${victim.id}#data-keys` }, sk: { S: 'v1' } };
  const other = await give({ ...asVictim, input: { TableName: 'ringfence-local-control', Key: key } });
  expect(other).toEqual({ error: 'AccessDeniedException' });
});

it('every SDK client of ours is made under the eyes of the middleware', () => {
  const folder = resolve(import.meta.dirname, '../../../lambdas');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const made = sources.flatMap((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    return [...text.matchAll(/(\S*\s*)new (\w+Client)\(/g)].map(([, before = '', client]) => ({
      client: `${client} in ${name}`,
      isWatched: before.trimEnd().endsWith('watchAccess('),
    }));
  });
  expect(made.length).toBeGreaterThan(0);
  expect(made.filter(({ isWatched }) => !isWatched)).toEqual([]);
});
