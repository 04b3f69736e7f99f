import { dataChecks } from '../../../local/aws/dynamodb/checks.ts';
import { partiqlChecks } from '../../../local/aws/dynamodb/partiql.ts';
import type { Table } from '../../../local/aws/dynamodb/table.ts';

const table: Table = {
  name: 'things',
  arn: 'arn:things',
  partitionKey: 'pk',
  indexes: new Map([['by-owner', 'owner']]),
  recovery: false,
  recoveryDays: 35,
  keyNames: ['pk', 'sk'],
  exists: true,
};
const find = (name: string): Table => ({ ...table, name });

const key = { pk: { S: 'a' }, sk: { N: '1' } };
const names = { '#p': 'pk' };
const TableName = 'things';

/** Operation, request, and what IAM is asked: action, condition keys without their prefix. */
type Case = readonly [operation: string, request: object, checks: readonly (readonly [string, object])[]];

const cases: readonly Case[] = [
  [
    'GetItem',
    { TableName, Key: key },
    [['GetItem', { LeadingKeys: ['a'], Attributes: ['pk', 'sk'], Select: 'ALL_ATTRIBUTES' }]],
  ],
  [
    'GetItem',
    {
      TableName,
      Key: key,
      ProjectionExpression: '#p, title.text',
      ExpressionAttributeNames: names,
      ReturnConsumedCapacity: 'TOTAL',
    },
    [
      [
        'GetItem',
        {
          LeadingKeys: ['a'],
          Attributes: ['pk', 'title', 'sk'],
          Select: 'SPECIFIC_ATTRIBUTES',
          ReturnConsumedCapacity: 'TOTAL',
        },
      ],
    ],
  ],
  [
    'PutItem',
    { TableName, Item: { ...key, x: { S: '1' } }, ReturnValues: 'ALL_OLD' },
    [['PutItem', { LeadingKeys: ['a'], Attributes: ['pk', 'sk', 'x'], ReturnValues: 'ALL_OLD' }]],
  ],
  [
    'UpdateItem',
    { TableName, Key: key, UpdateExpression: 'SET x = :x', ConditionExpression: 'attribute_exists(y)' },
    [['UpdateItem', { LeadingKeys: ['a'], Attributes: ['y', 'x', 'pk', 'sk'] }]],
  ],
  [
    'DeleteItem',
    { TableName, Key: key, Expected: { z: {} } },
    [['DeleteItem', { LeadingKeys: ['a'], Attributes: ['z', 'pk', 'sk'] }]],
  ],
  [
    'Query',
    {
      TableName,
      KeyConditionExpression: '#p = :p',
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: { ':p': { S: 'a' } },
      Select: 'COUNT',
    },
    [['Query', { LeadingKeys: ['a'], Attributes: ['pk'], Select: 'COUNT' }]],
  ],
  [
    'Query',
    {
      TableName,
      IndexName: 'by-owner',
      KeyConditionExpression: 'owner = :p AND pk = :q',
      ExpressionAttributeValues: { ':p': { S: 'o' }, ':q': { S: 'a' } },
    },
    [['Query', { LeadingKeys: ['o'], Attributes: ['owner', 'pk'], Select: 'ALL_PROJECTED_ATTRIBUTES' }]],
  ],
  ['Scan', { TableName, AttributesToGet: ['x'] }, [['Scan', { Attributes: ['x'], Select: 'SPECIFIC_ATTRIBUTES' }]]],
  [
    'BatchGetItem',
    { RequestItems: { one: { Keys: [key, { ...key, pk: { S: 'b' } }] }, two: { Keys: [key] } } },
    [
      ['BatchGetItem', { LeadingKeys: ['a', 'b'], Attributes: ['pk', 'sk'], Select: 'ALL_ATTRIBUTES' }],
      ['BatchGetItem', { LeadingKeys: ['a'], Attributes: ['pk', 'sk'], Select: 'ALL_ATTRIBUTES' }],
    ],
  ],
  [
    'BatchWriteItem',
    {
      RequestItems: {
        one: [
          { PutRequest: { Item: { ...key, x: { S: '1' } } } },
          { DeleteRequest: { Key: { ...key, pk: { B: 'Yg==' } } } },
        ],
      },
    },
    [['BatchWriteItem', { LeadingKeys: ['a', 'Yg=='], Attributes: ['pk', 'sk', 'x'] }]],
  ],
  [
    'TransactWriteItems',
    {
      TransactItems: [
        { Put: { TableName, Item: key } },
        { Update: { TableName, Key: key } },
        { Delete: { TableName, Key: key } },
        { ConditionCheck: { TableName, Key: { ...key, pk: { N: '7' } } } },
      ],
    },
    [
      ...['PutItem', 'UpdateItem', 'DeleteItem'].map(
        (action) =>
          [action, { LeadingKeys: ['a'], Attributes: ['pk', 'sk'], EnclosingOperation: 'TransactWriteItems' }] as const,
      ),
      [
        'ConditionCheckItem',
        { LeadingKeys: ['7'], Attributes: ['pk', 'sk'], EnclosingOperation: 'TransactWriteItems' },
      ],
    ],
  ],
  [
    'TransactGetItems',
    { TransactItems: [{ Get: { TableName, Key: key } }] },
    [
      [
        'GetItem',
        {
          LeadingKeys: ['a'],
          Attributes: ['pk', 'sk'],
          Select: 'ALL_ATTRIBUTES',
          EnclosingOperation: 'TransactGetItems',
        },
      ],
    ],
  ],
  [
    'ExecuteStatement',
    { Statement: "select * from things where pk = 'a' and sk = 1" },
    [['PartiQLSelect', { LeadingKeys: ['a'], FullTableScan: 'false' }]],
  ],
  [
    'ExecuteStatement',
    { Statement: `SELECT * FROM "things"."by-owner" WHERE "owner" IN ['o', ?]`, Parameters: [{ S: 'p' }] },
    [['PartiQLSelect', { LeadingKeys: ['o', 'p'], FullTableScan: 'false' }]],
  ],
  [
    'ExecuteStatement',
    { Statement: "SELECT * FROM things WHERE pk = 'a' OR sk = 1" },
    [['PartiQLSelect', { FullTableScan: 'true' }]],
  ],
  [
    'ExecuteStatement',
    { Statement: "SELECT * FROM things WHERE other.pk = 'a'" },
    [['PartiQLSelect', { FullTableScan: 'true' }]],
  ],
  [
    'ExecuteStatement',
    { Statement: `INSERT INTO "things" VALUE {'sk': ?, 'pk': ?}`, Parameters: [{ N: '1' }, { S: "it's" }] },
    [['PartiQLInsert', { LeadingKeys: ["it's"] }]],
  ],
  [
    'BatchExecuteStatement',
    { Statements: [{ Statement: "UPDATE things SET x = 'y' WHERE pk = 'it''s' AND sk = 1" }] },
    [['PartiQLUpdate', { LeadingKeys: ["it's"] }]],
  ],
  [
    'ExecuteTransaction',
    {
      TransactStatements: [
        { Statement: "EXISTS(SELECT * FROM things WHERE pk = 'a')" },
        { Statement: "DELETE FROM things WHERE pk = 'b'" },
      ],
    },
    [
      ['PartiQLSelect', { LeadingKeys: ['a'], FullTableScan: 'false', EnclosingOperation: 'ExecuteTransaction' }],
      ['PartiQLDelete', { LeadingKeys: ['b'], EnclosingOperation: 'ExecuteTransaction' }],
    ],
  ],
];

it.each(cases)('%s asks IAM for what it does: %j', (operation, request, expected) => {
  const input = request as Readonly<Record<string, unknown>>;
  const checks = dataChecks(operation, input, find) ?? partiqlChecks(operation, input, find) ?? [];
  const plain = checks.map(({ action, context }) => [
    action,
    Object.fromEntries(Object.entries(context).map(([name, value]) => [name.replace('dynamodb:', ''), value])),
  ]);
  expect(plain).toEqual(expected);
});

it('asks on the index when the index is read', () => {
  const query = {
    TableName,
    IndexName: 'by-owner',
    KeyConditionExpression: 'owner = :o',
    ExpressionAttributeValues: {},
  };
  expect(dataChecks('Query', query, find)).toMatchObject([{ index: 'by-owner' }]);
  expect(dataChecks('Scan', { TableName, IndexName: 'by-owner' }, find)).toMatchObject([{ index: 'by-owner' }]);
});

it('refuses a batch in which an item has no partition key: among others IAM would not see that', () => {
  const batch = (hidden: object) => ({ RequestItems: { things: { Keys: [key, hidden] } } });
  for (const hidden of [{ sk: { N: '1' } }, { pk: null }, { pk: { BOOL: true } }, { pk: { S: 'a', B: 'Yg==' } }])
    expect(() => dataChecks('BatchGetItem', batch(hidden), find)).toThrow(/does not match the schema/);
});
