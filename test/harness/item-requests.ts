import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  TransactGetItemsCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type Table, tables } from '../../lambdas/functions.ts';
import { at, type ItemRequest, keyAt, type Place, physical, type Right, tableAt } from './item-request.ts';
import { partiqlRequests } from './partiql-requests.ts';
import { queryRequests } from './query-requests.ts';

/** With the attributes of every index, so that it would show up in all of them. */
const itemAt = (place: Place) => ({
  ...keyAt(place),
  ...Object.fromEntries(Object.values(tables[place.table].indexes).map((name) => [name, { S: place.sk }])),
  text: { S: 'planted' },
});

const byTable = <T>(places: readonly Place[], toRequest: (place: Place) => T): Record<string, T[]> => {
  const requests: Record<string, T[]> = {};
  for (const place of places)
    requests[physical(place.table)] = [...(requests[physical(place.table)] ?? []), toRequest(place)];
  return requests;
};

const setText = {
  UpdateExpression: 'SET #t = :t',
  ExpressionAttributeNames: { '#t': 'text' },
  ExpressionAttributeValues: { ':t': { S: 'x' } },
};
const addReference = {
  UpdateExpression: 'ADD #r :one',
  ExpressionAttributeNames: { '#r': 'references' },
  ExpressionAttributeValues: { ':one': { N: '1' } },
};
const stampUse = { UpdateExpression: 'SET lastUsedAt = :t', ExpressionAttributeValues: { ':t': { S: '2026-11' } } };

const updates: readonly (readonly [string, Right, typeof setText | typeof addReference | typeof stampUse])[] = [
  ['set an attribute', 'never', setText],
  ['count a reference', 'refer', addReference],
  ['stamp the last use', 'stamp', stampUse],
];

const reads: readonly ItemRequest[] = [
  {
    name: 'GetItem',
    right: 'GetItem',
    send: (client, ...places) => client.send(new GetItemCommand({ ...tableAt(at(places)), Key: keyAt(at(places)) })),
  },
  {
    name: 'GetItem by the ARN of the table',
    right: 'GetItem',
    send: (client, ...places) =>
      client.send(
        new GetItemCommand({
          TableName: `arn:aws:dynamodb:us-east-1:000000000000:table/${physical(at(places).table)}`,
          Key: keyAt(at(places)),
        }),
      ),
  },
  {
    name: 'GetItem of one attribute',
    right: 'GetItem',
    send: (client, ...places) =>
      client.send(
        new GetItemCommand({
          ...tableAt(at(places)),
          Key: keyAt(at(places)),
          ProjectionExpression: '#n',
          ExpressionAttributeNames: { '#n': 'hash' },
        }),
      ),
  },
  {
    name: 'BatchGetItem',
    right: 'BatchGetItem',
    takesSeveral: true,
    send: (client, ...places) => {
      const requests = Object.entries(byTable(places, keyAt)).map(([table, Keys]) => [table, { Keys }]);
      return client.send(new BatchGetItemCommand({ RequestItems: Object.fromEntries(requests) }));
    },
  },
  {
    name: 'TransactGetItems',
    right: 'GetItem',
    takesSeveral: true,
    send: (client, ...places) =>
      client.send(
        new TransactGetItemsCommand({
          TransactItems: places.map((place) => ({ Get: { ...tableAt(place), Key: keyAt(place) } })),
        }),
      ),
  },
];

const transact = (name: string, right: Right, toItem: (place: Place) => TransactWriteItem): ItemRequest => ({
  name: `TransactWriteItems: ${name}`,
  right,
  takesSeveral: true,
  send: (client, ...places) => client.send(new TransactWriteItemsCommand({ TransactItems: places.map(toItem) })),
});

const batchWrite = (name: string, toWrite: (place: Place) => object): ItemRequest => ({
  name: `BatchWriteItem: ${name}`,
  right: 'never',
  takesSeveral: true,
  send: (client, ...places) => client.send(new BatchWriteItemCommand({ RequestItems: byTable(places, toWrite) })),
});

/** Deletions last: what the others planted is gone again. */
const writes: readonly ItemRequest[] = [
  {
    name: 'PutItem',
    right: 'PutItem',
    send: (client, ...places) => client.send(new PutItemCommand({ ...tableAt(at(places)), Item: itemAt(at(places)) })),
  },
  ...updates.map(
    ([name, right, update]): ItemRequest => ({
      name: `UpdateItem: ${name}`,
      right,
      send: (client, ...places) =>
        client.send(new UpdateItemCommand({ ...tableAt(at(places)), Key: keyAt(at(places)), ...update })),
    }),
  ),
  batchWrite('put', (place) => ({ PutRequest: { Item: itemAt(place) } })),
  transact('put', 'PutItem', (place) => ({ Put: { ...tableAt(place), Item: itemAt(place) } })),
  ...updates.map(([name, right, update]) =>
    transact(name, right, (place) => ({ Update: { ...tableAt(place), Key: keyAt(place), ...update } })),
  ),
  transact('check', 'check', (place) => ({
    ConditionCheck: { ...tableAt(place), Key: keyAt(place), ConditionExpression: 'attribute_exists(pk)' },
  })),
  batchWrite('delete', (place) => ({ DeleteRequest: { Key: keyAt(place) } })),
  transact('delete', 'DeleteItem', (place) => ({ Delete: { ...tableAt(place), Key: keyAt(place) } })),
  {
    name: 'DeleteItem',
    right: 'DeleteItem',
    send: (client, ...places) => client.send(new DeleteItemCommand({ ...tableAt(at(places)), Key: keyAt(at(places)) })),
  },
];

/** Every way that the SDK has to reach items of a table, through its indexes too. */
export const itemRequests = (table: Table): readonly ItemRequest[] => [
  ...reads,
  ...queryRequests(table),
  ...partiqlRequests,
  ...writes,
];
