import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Credentials } from '../../../local/types.ts';
import { allow, type Local, plainTable, role, startLocal, tableArn } from './local-world.ts';
import { send, signedRequest } from './signed-request.ts';

const tenant = role('Tenant', [
  allow('dynamodb:*', tableArn('things'), {
    Condition: {
      'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['${aws:PrincipalTag/tenant}#items'] },
      Null: { 'dynamodb:LeadingKeys': 'false' },
    },
  }),
]);

let local: Local;
let credentials: Credentials;
beforeAll(async () => {
  local = await startLocal([tenant]);
  await local.endpoint.createTable(plainTable('things'));
  credentials = local.endpoint.credentials.issue({ roleName: 'Tenant', sessionName: 'test', tags: { tenant: 'a' } });
  for (const pk of ['a#items', 'b#items'])
    for (const sk of ['1', '2'])
      await local.endpoint.engine('PutItem', { TableName: 'things', Item: { pk: { S: pk }, sk: { S: sk } } });
});
afterAll(() => local.close());

const call = async (operation: string, body: string) =>
  send(local, await signedRequest(local, { credentials, operation, body }));

const own = '{"pk":{"S":"a#items"},"sk":{"S":"1"}}';
const foreign = '{"pk":{"S":"b#items"},"sk":{"S":"1"}}';

it('hands the engine what it authorized, whatever stands twice in the body', async () => {
  expect(await call('GetItem', `{"TableName":"things","Key":${foreign},"Key":${own}}`)).toMatchObject({
    status: 200,
    Item: JSON.parse(own),
  });
  expect(await call('GetItem', `{"TableName":"things","Key":${own},"Key":${foreign}}`)).toMatchObject({
    code: 'AccessDeniedException',
  });
});

it.each<[string, string, string]>([
  ['GetItem', `{"TableName":"things","Key":{"pk":{"S":"a#items","B":"Yg=="},"sk":{"S":"1"}}}`, 'AccessDeniedException'],
  [
    'GetItem',
    `{"TableName":"things","Key":{"__proto__":{"pk":{"S":"a#items"}},"sk":{"S":"1"}}}`,
    'AccessDeniedException',
  ],
  ['GetItem', `{"TableName":["things"],"Key":${own}}`, 'ValidationException'],
  ['GetItem', `{"TableName":"things"}`, 'ValidationException'],
  ['GetItem', `{"TableName":"other","Key":${own}}`, 'AccessDeniedException'],
  [
    'GetItem',
    `{"TableName":"arn:aws:dynamodb:eu-west-1:999999999999:table/things","Key":${own}}`,
    'AccessDeniedException',
  ],
  ['BatchGetItem', `{"RequestItems":{"things":{"Keys":[${own},{"sk":{"S":"1"}}]}}}`, 'ValidationException'],
  [
    'BatchWriteItem',
    `{"RequestItems":{"things":[{"PutRequest":{"Item":${own}},"DeleteRequest":{"Key":${foreign}}}]}}`,
    'ValidationException',
  ],
  [
    'TransactWriteItems',
    `{"TransactItems":[{"Put":{"TableName":"things","Item":${own}},"Delete":{"TableName":"things","Key":${foreign}}}]}`,
    'ValidationException',
  ],
  [
    'TransactWriteItems',
    `{"TransactItems":[{"constructor":{"TableName":"things","Key":${own}}}]}`,
    'ValidationException',
  ],
  [
    'Query',
    `{"TableName":"things","KeyConditionExpression":"pk = :a AND pk = :b","ExpressionAttributeValues":{":a":{"S":"a#items"},":b":{"S":"b#items"}}}`,
    'AccessDeniedException',
  ],
  [
    'Query',
    `{"TableName":"things","IndexName":"none","KeyConditionExpression":"pk = :a","ExpressionAttributeValues":{":a":{"S":"a#items"}}}`,
    'ValidationException',
  ],
  ['ExecuteStatement', `{"Statement":"SELECT * FROM things -- WHERE pk='a#items'"}`, 'ValidationException'],
  ['ExecuteStatement', `{"Statement":"SELECT * FROM things /* WHERE pk='a#items' */"}`, 'ValidationException'],
  ['ExportTableToPointInTime', '{}', 'AccessDeniedException'],
  ['CreateTable', '{"TableName":"mine"}', 'AccessDeniedException'],
  ['NoSuchOperation', '{}', 'AccessDeniedException'],
  ['GetItem', '[]', 'SerializationException'],
  ['GetItem', '{', 'SerializationException'],
])('refuses %s of %s with %s', async (operation, body, code) => {
  expect(await call(operation, body)).toMatchObject({ status: 400, code });
});

it('does not let a start key leave the partition that was asked for', async () => {
  const { dynamoDb } = local.as('Tenant', { tenant: 'a' });
  const query = new QueryCommand({
    TableName: 'things',
    KeyConditionExpression: 'pk = :a',
    ExpressionAttributeValues: { ':a': { S: 'a#items' } },
    ExclusiveStartKey: { pk: { S: 'b#items' }, sk: { S: '1' } },
  });
  const found = await dynamoDb.send(query).then(
    ({ Items = [] }) => Items,
    () => [],
  );
  expect(found.filter(({ pk }) => pk?.S !== 'a#items')).toEqual([]);
});

it('says what it does not have, and wants a signature for everything', async () => {
  const request = await signedRequest(local, { credentials, service: 'secretsmanager' });
  expect(await send(local, request)).toMatchObject({
    code: 'UnknownOperationException',
    message: /does not have the service 'secretsmanager'/,
  });
  const { authorization: _, ...headers } = request.headers;
  expect(await send(local, { ...request, headers })).toMatchObject({ code: 'MissingAuthenticationTokenException' });
  const admin = local.endpoint.credentials.issue({ roleName: 'Admin', sessionName: 'test' });
  const unbuilt = await signedRequest(local, { credentials: admin, operation: 'CreateBackup' });
  expect(await send(local, unbuilt)).toMatchObject({
    code: 'UnknownOperationException',
    message: /DynamoDB does not have the operation CreateBackup/,
  });
});
