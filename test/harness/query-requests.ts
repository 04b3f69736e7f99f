import { QueryCommand, type QueryCommandInput, ScanCommand } from '@aws-sdk/client-dynamodb';
import { type Table, tables } from '../../lambdas/functions.ts';
import { at, type ItemRequest, type Place, tableAt } from './item-request.ts';

/** The sort attribute, as the table or the index has it, goes by `#s`. */
type ToCondition = (place: Place, sort: string) => Omit<QueryCommandInput, 'TableName'>;

const condition =
  (text: string, more: Record<string, string> = {}): ToCondition =>
  ({ pk }, sort) => {
    const used = Object.entries({ '#p': 'pk', '#s': sort }).filter(([name]) => text.includes(name));
    const values = Object.entries({ ':pk': pk, ...more }).filter(([name]) => text.includes(name));
    return {
      KeyConditionExpression: text,
      ...(used.length > 0 && { ExpressionAttributeNames: Object.fromEntries(used) }),
      ExpressionAttributeValues: Object.fromEntries(values.map(([name, S]) => [name, { S }])),
    };
  };

/** The same question in all the words that a key condition knows. */
const asked: Readonly<Record<string, ToCondition>> = {
  plainly: condition('pk = :pk'),
  'the other way round': condition(':pk = #p'),
  'in parentheses, sort key first': condition('(begins_with(#s, :a)) AND (#p = :pk)', { ':a': 'a' }),
  'between two sort keys': condition('#p = :pk AND #s BETWEEN :a AND :z', { ':a': '!', ':z': '~' }),
  'in the old form': ({ pk }) => ({
    KeyConditions: { pk: { ComparisonOperator: 'EQ', AttributeValueList: [{ S: pk }] } },
  }),
  'for the count only': (...given) => ({ ...condition('pk = :pk')(...given), Select: 'COUNT' }),
};

/** Names no partition: a condition on leading keys alone would let it through. */
const unkeyed: Readonly<Record<string, ToCondition>> = {
  'partitions by prefix': condition('begins_with(pk, :pk)'),
  'partitions in order': condition('pk >= :pk'),
  'partitions between two': condition('pk BETWEEN :pk AND :z', { ':z': 'zzz' }),
  'every partition but one': condition('pk <> :pk'),
  'no partition': condition('#s > :a', { ':a': '!' }),
  'no condition': () => ({}),
  'partitions by prefix, in the old form': ({ pk }) => ({
    KeyConditions: { pk: { ComparisonOperator: 'BEGINS_WITH', AttributeValueList: [{ S: pk }] } },
  }),
};

interface Listed {
  readonly index?: string;
  readonly sort: string;
}
const onIndex = ({ index }: Listed) => (index === undefined ? {} : { IndexName: index });
const titled = ({ index }: Listed) => (index === undefined ? '' : ` ${index}`);

const queriesOn = (listed: Listed): readonly ItemRequest[] => {
  const query =
    (right: ItemRequest['right']) =>
    ([name, toCondition]: readonly [string, ToCondition]): ItemRequest => ({
      name: `Query${titled(listed)} ${name}`,
      right,
      send: (client, ...places) =>
        client.send(
          new QueryCommand({ ...tableAt(at(places)), ...onIndex(listed), ...toCondition(at(places), listed.sort) }),
        ),
    });
  return [...Object.entries(asked).map(query('Query')), ...Object.entries(unkeyed).map(query('never'))];
};

const scansOn = (listed: Listed): readonly ItemRequest[] =>
  [{}, { TotalSegments: 2, Segment: 1 }].map((part) => ({
    name: `Scan${titled(listed)} ${JSON.stringify(part)}`,
    right: 'never',
    send: (client, ...places) =>
      client.send(
        new ScanCommand({
          ...tableAt(at(places)),
          ...onIndex(listed),
          ...part,
          FilterExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': { S: at(places).pk } },
        }),
      ),
  }));

/** Every way to list items: the table and each of its indexes. */
export const queryRequests = (table: Table): readonly ItemRequest[] => {
  const indexes = Object.entries<string>(tables[table].indexes).map(([index, sort]) => ({ index, sort }));
  return [{ sort: 'sk' }, ...indexes].flatMap((listed) => [...queriesOn(listed), ...scansOn(listed)]);
};

/** Foreign partitions in the company of own ones. */
export const mixedQueries: readonly ItemRequest[] = [
  'pk = :own OR pk = :pk',
  'pk = :own AND pk = :pk',
  'pk IN (:own, :pk)',
].map((text) => ({
  name: `Query ${text}`,
  right: 'never',
  takesSeveral: true,
  send: (client, ...places) =>
    client.send(
      new QueryCommand({
        ...tableAt(at(places)),
        KeyConditionExpression: text,
        ExpressionAttributeValues: { ':own': { S: places[0]?.pk ?? '' }, ':pk': { S: at(places).pk } },
      }),
    ),
}));
