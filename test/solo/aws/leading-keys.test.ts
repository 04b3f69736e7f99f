import {
  BatchExecuteStatementCommand,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  ExecuteStatementCommand,
  ExecuteTransactionCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { allow, type Local, plainTable, role, startLocal, tableArn } from './local-world.ts';

const TableName = 'things';
const own = '${aws:PrincipalTag/tenant}#items';

const guarded = {
  Condition: {
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [own] },
    Null: { 'dynamodb:LeadingKeys': 'false' },
  },
};

const tenant = role('Tenant', [allow('dynamodb:*', [tableArn(TableName), `${tableArn(TableName)}/index/*`], guarded)]);

const key = (pk: string) => ({ pk: { S: pk }, sk: { S: '1' } });
const item = (pk: string) => ({ ...key(pk), owner: { S: pk }, text: { S: 'x' } });
const values = (pk: string) => ({ ':pk': { S: pk } });

/** Every way to reach items of the partitions named, all at once where the operation takes several. */
const reaches: Readonly<Record<string, (client: DynamoDBClient, ...pks: string[]) => Promise<unknown>>> = {
  GetItem: (client, ...pks) => client.send(new GetItemCommand({ TableName, Key: key(pks.at(-1) ?? '') })),
  'GetItem by table ARN': (client, ...pks) =>
    client.send(new GetItemCommand({ TableName: tableArn(TableName), Key: key(pks.at(-1) ?? '') })),
  PutItem: (client, ...pks) => client.send(new PutItemCommand({ TableName, Item: item(pks.at(-1) ?? '') })),
  UpdateItem: (client, ...pks) =>
    client.send(
      new UpdateItemCommand({
        TableName,
        Key: key(pks.at(-1) ?? ''),
        UpdateExpression: 'SET #t = :t',
        ExpressionAttributeNames: { '#t': 'text' },
        ExpressionAttributeValues: { ':t': { S: 'y' } },
      }),
    ),
  DeleteItem: (client, ...pks) => client.send(new DeleteItemCommand({ TableName, Key: key(pks.at(-1) ?? '') })),
  BatchGetItem: (client, ...pks) =>
    client.send(new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: pks.map(key) } } })),
  'BatchWriteItem put': (client, ...pks) =>
    client.send(
      new BatchWriteItemCommand({
        RequestItems: { [TableName]: pks.map((pk) => ({ PutRequest: { Item: item(pk) } })) },
      }),
    ),
  'BatchWriteItem delete': (client, ...pks) =>
    client.send(
      new BatchWriteItemCommand({
        RequestItems: { [TableName]: pks.map((pk) => ({ DeleteRequest: { Key: key(pk) } })) },
      }),
    ),
  TransactGetItems: (client, ...pks) =>
    client.send(
      new TransactGetItemsCommand({ TransactItems: pks.map((pk) => ({ Get: { TableName, Key: key(pk) } })) }),
    ),
  'TransactWriteItems put': (client, ...pks) =>
    client.send(
      new TransactWriteItemsCommand({ TransactItems: pks.map((pk) => ({ Put: { TableName, Item: item(pk) } })) }),
    ),
  'TransactWriteItems check': (client, ...pks) =>
    client.send(
      new TransactWriteItemsCommand({
        TransactItems: pks.map((pk) => ({
          ConditionCheck: { TableName, Key: key(pk), ConditionExpression: 'attribute_not_exists(nothing)' },
        })),
      }),
    ),
  Query: (client, ...pks) =>
    client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: values(pks.at(-1) ?? ''),
      }),
    ),
  'Query, condition turned and wrapped': (client, ...pks) =>
    client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: '(begins_with(#s, :one)) AND (#p=:pk)',
        ExpressionAttributeNames: { '#p': 'pk', '#s': 'sk' },
        ExpressionAttributeValues: { ...values(pks.at(-1) ?? ''), ':one': { S: '1' } },
      }),
    ),
  'Query, legacy conditions': (client, ...pks) =>
    client.send(
      new QueryCommand({
        TableName,
        KeyConditions: { pk: { ComparisonOperator: 'EQ', AttributeValueList: [{ S: pks.at(-1) ?? '' }] } },
      }),
    ),
  'Query on an index': (client, ...pks) =>
    client.send(
      new QueryCommand({
        TableName,
        IndexName: 'by-owner',
        KeyConditionExpression: '#owner = :pk',
        ExpressionAttributeNames: { '#owner': 'owner' },
        ExpressionAttributeValues: values(pks.at(-1) ?? ''),
      }),
    ),
  'PartiQL select': (client, ...pks) =>
    client.send(
      new ExecuteStatementCommand({
        Statement: `SELECT * FROM "${TableName}" WHERE pk = ?`,
        Parameters: [{ S: pks.at(-1) ?? '' }],
      }),
    ),
  'PartiQL insert': (client, ...pks) =>
    client.send(
      new ExecuteStatementCommand({ Statement: `INSERT INTO ${TableName} VALUE {'pk': '${pks.at(-1)}', 'sk': 'new'}` }),
    ),
  'PartiQL batch': (client, ...pks) =>
    client.send(
      new BatchExecuteStatementCommand({
        Statements: pks.map((pk) => ({ Statement: `SELECT * FROM ${TableName} WHERE pk = '${pk}' AND sk = '1'` })),
      }),
    ),
  'PartiQL transaction': (client, ...pks) =>
    client.send(
      new ExecuteTransactionCommand({
        TransactStatements: pks.map((pk) => ({
          Statement: `DELETE FROM ${TableName} WHERE pk = ? AND sk = ?`,
          Parameters: [{ S: pk }, { S: 'new' }],
        })),
      }),
    ),
};

let local: Local;
beforeAll(async () => {
  local = await startLocal([tenant]);
  await local.endpoint.createTable(plainTable(TableName));
  await local.endpoint.engine('PutItem', { TableName, Item: item('b#items') });
});
afterAll(() => local.close());

describe.each(Object.entries(reaches))('%s', (_, reach) => {
  it('reaches the own partition', async () => {
    await expect(reach(local.as('Tenant', { tenant: 'a' }).dynamoDb, 'a#items')).resolves.toBeDefined();
  });

  it("is refused for another tenant's partition", async () => {
    const { dynamoDb } = local.as('Tenant', { tenant: 'a' });
    await expect(reach(dynamoDb, 'b#items')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('is refused when one key of several is foreign', async () => {
    const { dynamoDb } = local.as('Tenant', { tenant: 'a' });
    await expect(reach(dynamoDb, 'a#items', 'b#items')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('is refused to a session without the tag, and a tag with a wildcard stays literal', async () => {
    await expect(reach(local.as('Tenant').dynamoDb, 'b#items')).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    const { dynamoDb } = local.as('Tenant', { tenant: '*' });
    await expect(reach(dynamoDb, 'b#items')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});

it('refuses what names no partition at all', async () => {
  const { dynamoDb } = local.as('Tenant', { tenant: 'a' });
  const denied = { name: 'AccessDeniedException' };
  await expect(dynamoDb.send(new ScanCommand({ TableName }))).rejects.toMatchObject(denied);
  await expect(dynamoDb.send(new ScanCommand({ TableName, IndexName: 'by-owner' }))).rejects.toMatchObject(denied);
  await expect(
    dynamoDb.send(new ExecuteStatementCommand({ Statement: `SELECT * FROM ${TableName}` })),
  ).rejects.toMatchObject(denied);
  await expect(
    dynamoDb.send(
      new ExecuteStatementCommand({ Statement: `SELECT * FROM ${TableName} WHERE pk='a#items' OR sk='1'` }),
    ),
  ).rejects.toMatchObject(denied);
});

it('leaves the foreign item as it was', async () => {
  const { Item } = await local.endpoint.engine('GetItem', { TableName, Key: key('b#items') });
  expect(Item).toEqual(item('b#items'));
});

it('says who was refused what, as AWS words it', async () => {
  const { dynamoDb } = local.as('Tenant', { tenant: 'a' });
  await expect(dynamoDb.send(new GetItemCommand({ TableName, Key: key('b#items') }))).rejects.toThrow(
    /^User: arn:aws:sts::111122223333:assumed-role\/Tenant\/test is not authorized to perform: dynamodb:GetItem on resource: arn:aws:dynamodb:eu-west-1:111122223333:table\/things because no/,
  );
  expect(local.endpoint.calls.list().at(-1)).toMatchObject({ operation: 'GetItem', allowed: false });
});
