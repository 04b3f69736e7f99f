import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  type GetItemCommandInput,
  type PutItemCommandInput,
  TransactionCanceledException,
  type TransactWriteItemsCommandInput,
} from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';

type Item = NonNullable<PutItemCommandInput['Item']>;

const sortKey = (item: Item | undefined): string => item?.sk?.S ?? '';

/**
 * A literal in the place of DynamoDB: as much of it as the incidents use, its conditions included. Every call waits a
 * turn, so that calls of two invocations come between each other.
 */
export const memoryTable = () => {
  const items = new Map<string, Item>();
  const state = { isDown: false };

  const holds = ({ ConditionExpression, ExpressionAttributeValues, Item }: Partial<PutItemCommandInput>): boolean => {
    const found = items.get(sortKey(Item));
    if (ConditionExpression === 'attribute_not_exists(pk)') return found === undefined;
    if (ConditionExpression === '#version = :seen')
      return found !== undefined && found.version?.N === ExpressionAttributeValues?.[':seen']?.N;
    throw new Error(`The literal does not know ${ConditionExpression}.`);
  };

  const writeAll = (puts: readonly Partial<PutItemCommandInput>[]): boolean => {
    if (!puts.every(holds)) return false;
    for (const { Item } of puts) if (Item) items.set(sortKey(Item), Item);
    return true;
  };

  const failed = { message: 'The conditional request failed', $metadata: {} };
  const client = {
    send: async (command: { constructor: { name: string }; input: unknown }) => {
      await new Promise(setImmediate);
      if (state.isDown) throw Object.assign(new Error('no answer'), { name: 'TimeoutError' });
      switch (command.constructor.name) {
        case 'GetItemCommand': {
          const Item = items.get(sortKey((command.input as GetItemCommandInput).Key));
          return Item ? { Item } : {};
        }
        case 'PutItemCommand':
          if (writeAll([command.input as PutItemCommandInput])) return {};
          throw new ConditionalCheckFailedException(failed);
        case 'TransactWriteItemsCommand':
          if (
            writeAll(
              ((command.input as TransactWriteItemsCommandInput).TransactItems ?? []).map(({ Put }) => Put ?? {}),
            )
          )
            return {};
          throw new TransactionCanceledException({
            ...failed,
            CancellationReasons: [{ Code: 'ConditionalCheckFailed' }],
          });
        default:
          throw new Error(`The literal does not know ${command.constructor.name}.`);
      }
    },
  };
  return {
    client: client as unknown as DynamoDBClient,
    state,
    items: () => [...items.values()].map((item) => unmarshall(item)),
  };
};
