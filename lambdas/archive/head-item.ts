import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { tableName } from '../kernel/tables.ts';
import { watchAccess } from '../platform/access-watch.ts';
import { environment } from '../platform/environment.ts';
import type { Head } from './archive-store.ts';

const client = watchAccess(new DynamoDBClient({}));
const key = { pk: { S: 'platform#archive' }, sk: { S: 'head' } };
const table = (): string => tableName(environment.stage(), 'operations');

/** What is no head counts as lost: the bucket has it all. */
const headOf = (item: Readonly<Record<string, { readonly S?: string; readonly N?: string }>>): Head | undefined => {
  const sequence = Number(item.sequence?.N);
  const hash = item.hash?.S ?? '';
  return Number.isSafeInteger(sequence) && sequence > 0 && /^[0-9a-f]{64}$/.test(hash) ? { sequence, hash } : undefined;
};

export const readHead = async (): Promise<Head | undefined> => {
  const { Item } = await client.send(new GetItemCommand({ TableName: table(), Key: key, ConsistentRead: true }));
  return Item && headOf(Item as Parameters<typeof headOf>[0]);
};

/** Only forwards: an instance that was overtaken changes nothing. */
export const moveHead = async ({ sequence, hash }: Head): Promise<void> => {
  try {
    await client.send(
      new PutItemCommand({
        TableName: table(),
        Item: { ...key, schema: { N: '1' }, sequence: { N: String(sequence) }, hash: { S: hash } },
        ConditionExpression: 'attribute_not_exists(pk) OR #sequence < :sequence',
        ExpressionAttributeNames: { '#sequence': 'sequence' },
        ExpressionAttributeValues: { ':sequence': { N: String(sequence) } },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
};
