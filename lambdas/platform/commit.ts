import {
  type DynamoDBClient,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { Failure } from '../kernel/errors.ts';
import type { TenantId } from '../kernel/id.ts';
import type { Item, Seen, Write } from '../kernel/session.ts';
import { tableName, tableOf } from '../kernel/tables.ts';
import { environment } from './environment.ts';
import { keyOf } from './keys.ts';

/** A precondition did not hold. Carries which write it was, so that `serve` can tell its own from a use case's. */
export class Refused extends Failure {
  readonly write: Write;
  constructor(write: Write) {
    super(write.otherwise);
    this.write = write;
  }
}

const seenCondition = (seen: Seen) => {
  const names = Object.keys(seen);
  return {
    ConditionExpression: names.map((_, at) => `#s${at} = :s${at}`).join(' AND '),
    ExpressionAttributeNames: Object.fromEntries(names.map((name, at) => [`#s${at}`, name])),
    ExpressionAttributeValues: marshall(Object.fromEntries(names.map((name, at) => [`:s${at}`, seen[name]]))),
  };
};

/** New, or in the place of one that has expired and only waits for TTL. */
const newCondition = (goneBySeconds: number | undefined) =>
  goneBySeconds === undefined
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : {
        ConditionExpression: 'attribute_not_exists(pk) OR expiresAt <= :gone',
        ExpressionAttributeValues: marshall({ ':gone': goneBySeconds }),
      };

/** Plain JSON, whatever its fields are called: one named `constructor` makes an object look like an instance of a class. */
const asJson = { removeUndefinedValues: true, convertClassInstanceToMap: true };

const toTransactItem = (tenant: TenantId, write: Write): TransactWriteItem => {
  const TableName = tableName(environment.stage(), tableOf(write.collection));
  const Key = keyOf(tenant, write.collection, write.key);
  const withKey = (item: Item) => ({ ...marshall(item, asJson), ...Key });
  switch (write.kind) {
    case 'put-new':
      return { Put: { TableName, Item: withKey(write.item), ...newCondition(write.goneBySeconds) } };
    case 'put-if':
      return { Put: { TableName, Item: withKey(write.item), ...seenCondition(write.seen) } };
    case 'remove-if':
      return { Delete: { TableName, Key, ...seenCondition(write.seen) } };
    case 'check':
      return { ConditionCheck: { TableName, Key, ...seenCondition(write.seen) } };
    case 'refer':
      return {
        Update: {
          TableName,
          Key,
          UpdateExpression: 'ADD #references :by',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeNames: { '#references': 'references' },
          ExpressionAttributeValues: marshall({ ':by': write.by }),
        },
      };
  }
};

/** Lost to another transaction on the same item, not to a precondition: the same writes may win the next time. */
const lostToConflict = (error: TransactionCanceledException): boolean =>
  error.CancellationReasons?.some(
    ({ Code }) =>
      Code === 'TransactionConflict' || Code === 'ThrottlingError' || Code === 'ProvisionedThroughputExceeded',
  ) ?? false;

const attempts = 6;
/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html */
const actionsMost = 100;

/** Full jitter: https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter */
const pause = (attempt: number, random: () => number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, random() * 25 * 2 ** attempt));

/**
 * Commits all writes in one transaction or none. The SDK sends one client request token with all its retries, so an
 * answer that was lost does not make the change twice.
 * Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 * @throws Refused when a precondition did not hold; Failure `unavailable` when conflicts go on, `change-too-large` for
 * more than one transaction takes.
 */
export const commit = async (
  client: DynamoDBClient,
  tenant: TenantId,
  writes: readonly Write[],
  signal?: AbortSignal,
  random: () => number = Math.random,
): Promise<void> => {
  if (writes.length > actionsMost) throw new Failure('change-too-large');
  const TransactItems = writes.map((write) => toTransactItem(tenant, write));
  for (let attempt = 0; ; attempt += 1) {
    try {
      await client.send(new TransactWriteItemsCommand({ TransactItems }), signal ? { abortSignal: signal } : {});
      return;
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const at = error.CancellationReasons?.findIndex(({ Code }) => Code === 'ConditionalCheckFailed') ?? -1;
      const refused = writes[at];
      if (refused) throw new Refused(refused);
      if (!lostToConflict(error)) throw error;
      if (attempt + 1 === attempts) throw new Failure('unavailable');
      await pause(attempt, random);
    }
  }
};
