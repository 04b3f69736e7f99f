import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeTableCommand, PutItemCommand, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { type Local, plainTable, startLocal } from './local-world.ts';

const TableName = 'kept';
const items = [
  { pk: { S: 'p' }, sk: { S: '1' }, owner: { S: 'payments' }, tier: { S: '1' } },
  { pk: { S: 'p' }, sk: { S: '2' }, owner: { S: 'search' }, name: { S: 'ledger' } },
  { pk: { S: 'p' }, sk: { S: '3' }, tier: { S: '2' }, name: { S: 'vault' } },
];

let folder: string;
let local: Local;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'endpoint-'));
  local = await startLocal([], folder);
});
afterEach(async () => {
  await local.close();
  rmSync(folder, { recursive: true });
});

/** A template's table with these indexes: name → its sort key. */
const shape = (indexes: Readonly<Record<string, string>>) =>
  plainTable(TableName, {
    AttributeDefinitions: ['pk', 'sk', ...new Set(Object.values(indexes))].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S',
    })),
    GlobalSecondaryIndexes: Object.entries(indexes).map(([IndexName, sort]) => ({
      IndexName,
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: sort, KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'ALL' },
    })),
  });

const found = async (IndexName: string) => {
  const { Items = [] } = await local.as('Admin').dynamoDb.send(
    new QueryCommand({
      TableName,
      IndexName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: 'p' } },
    }),
  );
  return Items.map(({ sk }) => sk?.S);
};

it('a table of an earlier template keeps every item and gets its new indexes, filled; those that went are gone', async () => {
  await local.endpoint.createTable(shape({ 'by-owner': 'owner', 'by-rank': 'owner' }));
  for (const Item of items) await local.as('Admin').dynamoDb.send(new PutItemCommand({ TableName, Item }));
  await local.close();

  local = await startLocal([], folder);
  // Of three changes, one adds, one drops, and one gives a known name another key.
  for (const _ of ['once', 'and again: nothing is left to change'])
    await local.endpoint.createTable(shape({ 'by-tier': 'tier', 'by-rank': 'name' }));
  const { dynamoDb } = local.as('Admin');
  const { Table } = await dynamoDb.send(new DescribeTableCommand({ TableName }));
  expect(Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName).sort()).toEqual(['by-rank', 'by-tier']);
  expect(Table?.AttributeDefinitions?.map(({ AttributeName }) => AttributeName).sort()).toEqual([
    'name',
    'pk',
    'sk',
    'tier',
  ]);
  expect([await found('by-tier'), await found('by-rank')]).toEqual([
    ['1', '3'],
    ['2', '3'],
  ]);
  const { Items = [] } = await dynamoDb.send(new ScanCommand({ TableName }));
  expect(Items.sort((a, b) => ((a.sk?.S ?? '') < (b.sk?.S ?? '') ? -1 : 1))).toEqual(items);
});

it('a start that was killed between two indexes goes on with those that are left', async () => {
  await local.endpoint.createTable(shape({ 'by-owner': 'owner' }));
  for (const Item of items) await local.as('Admin').dynamoDb.send(new PutItemCommand({ TableName, Item }));
  // As the first of two steps leaves it.
  await local.endpoint.createTable(shape({ 'by-owner': 'owner', 'by-tier': 'tier' }));
  await local.endpoint.createTable(shape({ 'by-owner': 'owner', 'by-tier': 'tier', 'by-name': 'name' }));
  expect([await found('by-owner'), await found('by-tier'), await found('by-name')]).toEqual([
    ['1', '2'],
    ['1', '3'],
    ['2', '3'],
  ]);
});
