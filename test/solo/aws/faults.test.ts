import { GetItemCommand, PutItemCommand, TransactWriteItemsCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { EncryptCommand } from '@aws-sdk/client-kms';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { admin, delegating, type Local, plainTable, role, startLocal } from './local-world.ts';

const TableName = 'things';
const Key = { pk: { S: 'a' }, sk: { S: 'b' } };

let local: Local;
beforeAll(async () => {
  local = await startLocal([role('Nobody', [])]);
  await local.endpoint.createTable(plainTable(TableName));
  await local.endpoint.createKey('key', { KeyPolicy: delegating });
  await local.endpoint.createAlias({
    AliasName: 'alias/key',
    TargetKeyId: (await local.endpoint.createKey('key', { KeyPolicy: delegating })).ref,
  });
});
beforeEach(() => {
  local.endpoint.faults.clear();
  local.endpoint.calls.clear();
});
afterAll(() => local.close());

const retrying = () =>
  local.clients(local.endpoint.credentials.issue({ roleName: admin.name, sessionName: 'retry' }), 3);
const operations = () => local.endpoint.calls.list().map(({ operation }) => operation);

it('throttles so that SDK clients try again, in every service', async () => {
  const { dynamoDb, kms, sts } = retrying();
  for (const service of ['dynamodb', 'kms', 'sts']) local.endpoint.faults.add({ service, kind: 'throttle', times: 1 });
  await dynamoDb.send(new GetItemCommand({ TableName, Key }));
  await kms.send(new EncryptCommand({ KeyId: 'alias/key', Plaintext: Buffer.from('x') }));
  await sts.send(new GetCallerIdentityCommand({}));
  expect(operations()).toEqual(['GetItem', 'GetItem', 'Encrypt', 'Encrypt', 'GetCallerIdentity', 'GetCallerIdentity']);
});

it('has the error that the SDK gives up with', async () => {
  local.endpoint.faults.add({ service: 'dynamodb', operation: 'GetItem', kind: 'throttle', times: 9 });
  const { dynamoDb } = local.as(admin.name);
  await expect(dynamoDb.send(new GetItemCommand({ TableName, Key }))).rejects.toMatchObject({
    name: 'ProvisionedThroughputExceededException',
  });
  await expect(dynamoDb.send(new PutItemCommand({ TableName, Item: Key }))).resolves.toBeDefined();
});

it('loses an answer after the work: the retry with its token has one effect', async () => {
  local.endpoint.faults.add({ service: 'dynamodb', operation: 'TransactWriteItems', kind: 'lose-response', times: 1 });
  const counted = {
    Update: {
      TableName,
      Key: { pk: { S: 'n' }, sk: { S: 'n' } },
      UpdateExpression: 'ADD hits :one',
      ExpressionAttributeValues: { ':one': { N: '1' } },
    },
  };
  await retrying().dynamoDb.send(
    new TransactWriteItemsCommand({ TransactItems: [counted], ClientRequestToken: 'once' }),
  );
  expect(operations()).toEqual(['TransactWriteItems', 'TransactWriteItems']);
  const { Item } = await local.endpoint.engine('GetItem', { TableName, Key: { pk: { S: 'n' }, sk: { S: 'n' } } });
  expect(Item).toMatchObject({ hits: { N: '1' } });
});

it('loses an answer without a token: the retry has a second effect, as on AWS', async () => {
  local.endpoint.faults.add({ service: 'dynamodb', operation: 'UpdateItem', kind: 'lose-response', times: 1 });
  const update = {
    UpdateExpression: 'ADD hits :one',
    ExpressionAttributeValues: { ':one': { N: '1' } },
    ReturnValues: 'UPDATED_NEW' as const,
  };
  const { Attributes } = await retrying().dynamoDb.send(new UpdateItemCommand({ TableName, Key, ...update }));
  expect(Attributes?.hits).toEqual({ N: '2' });
});

it('cancels a transaction for a conflict, and does nothing of it', async () => {
  local.endpoint.faults.add({ service: 'dynamodb', kind: 'conflict', times: 1 });
  const item = { pk: { S: 'conflict' }, sk: { S: '1' } };
  const TransactItems = [{ Put: { TableName, Item: item } }, { Put: { TableName, Item: { ...item, sk: { S: '2' } } } }];
  await expect(
    local.as(admin.name).dynamoDb.send(new TransactWriteItemsCommand({ TransactItems })),
  ).rejects.toMatchObject({
    name: 'TransactionCanceledException',
    CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'None' }],
  });
  expect((await local.endpoint.engine('GetItem', { TableName, Key: item })).Item).toBeUndefined();
});

it('fails, delays, and strikes only who is allowed', async () => {
  const { faults } = local.endpoint;
  const get = new GetItemCommand({ TableName, Key });
  faults.add({ service: 'dynamodb', kind: 'fail', times: 1 });
  await expect(local.as('Nobody').dynamoDb.send(get)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  await expect(local.as(admin.name).dynamoDb.send(get)).rejects.toMatchObject({ name: 'InternalServerError' });
  faults.add({ service: 'dynamodb', kind: 'delay', times: 1, ms: 50 });
  const from = Date.now();
  await local.as(admin.name).dynamoDb.send(get);
  expect(Date.now() - from).toBeGreaterThanOrEqual(49);
});

it('spares the roles that it names, and waits for another', async () => {
  local.endpoint.faults.add({ service: 'sts', kind: 'fail', times: 1, spares: [admin.name] });
  await expect(local.as(admin.name).sts.send(new GetCallerIdentityCommand({}))).resolves.toBeDefined();
  await expect(local.as('Nobody').sts.send(new GetCallerIdentityCommand({}))).rejects.toBeDefined();
});
