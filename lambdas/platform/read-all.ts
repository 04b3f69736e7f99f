import { type AttributeValue, BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { TenantId } from '../kernel/id.ts';
import type { Consistency, Item, ItemKey } from '../kernel/session.ts';
import { tableName, tableOf } from '../kernel/tables.ts';
import { environment } from './environment.ts';
import { keyOf } from './keys.ts';

/** An item without its key. */
export const plain = (item: Record<string, unknown>): Item => {
  const { pk: _pk, sk: _sk, ...rest } = item;
  return rest;
};

export interface Reader {
  readonly client: DynamoDBClient;
  readonly tenant: TenantId;
  readonly options: { readonly abortSignal?: AbortSignal };
}

type Key = Record<'pk' | 'sk', AttributeValue>;
type Requests = Record<string, { Keys: Key[]; ConsistentRead: boolean }>;

/** The most that one call takes: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const most = 100;
/** DynamoDB answers 16 MB at most, and less when it is busy: what it left is asked for again. */
const attempts = 5;

const nameOf = ({ pk, sk }: Key): string => `${pk.S}/${sk.S}`;

const requestsFor = (tenant: TenantId, keys: readonly ItemKey[], ConsistentRead: boolean): Requests => {
  const requests: Requests = {};
  for (const { collection, key } of keys) {
    const table = tableName(environment.stage(), tableOf(collection));
    requests[table] ??= { Keys: [], ConsistentRead };
    requests[table].Keys.push(keyOf(tenant, collection, key));
  }
  return requests;
};

const readSome = async ({ client, options }: Reader, requests: Requests, found: Map<string, Item>): Promise<void> => {
  let RequestItems: Requests | undefined = requests;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const { Responses = {}, UnprocessedKeys = {} } = await client.send(
      new BatchGetItemCommand({ RequestItems }),
      options,
    );
    for (const item of Object.values(Responses).flat()) found.set(nameOf(item as Key), plain(unmarshall(item)));
    if (Object.keys(UnprocessedKeys).length === 0) return;
    RequestItems = UnprocessedKeys as Requests;
  }
  throw Object.assign(new Error('Throttled'), { name: 'ThrottlingException' });
};

/** Many items, in the order of their keys. One call for each hundred. */
export const readAll = async (
  reader: Reader,
  keys: readonly ItemKey[],
  consistency: Consistency,
): Promise<readonly (Item | undefined)[]> => {
  const nameOfKey = ({ collection, key }: ItemKey): string => nameOf(keyOf(reader.tenant, collection, key) as Key);
  const distinct = [...new Map(keys.map((key) => [nameOfKey(key), key])).values()];
  const found = new Map<string, Item>();
  for (let at = 0; at < distinct.length; at += most)
    await readSome(reader, requestsFor(reader.tenant, distinct.slice(at, at + most), consistency === 'strong'), found);
  return keys.map((key) => found.get(nameOfKey(key)));
};
