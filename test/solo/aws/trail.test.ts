import { BatchGetItemCommand, GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { DecryptCommand, EncryptCommand, ScheduleKeyDeletionCommand } from '@aws-sdk/client-kms';
import { ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import {
  account,
  allow,
  delegating,
  type Local,
  plainTable,
  policy,
  region,
  role,
  roleArn,
  startLocal,
  tableArn,
} from './local-world.ts';
import { trailRole, type Watched, watchedBy } from './trail-world.ts';

const anybody = role('Anybody', [], {
  trust: policy({ Effect: 'Allow', Principal: { AWS: account }, Action: ['sts:AssumeRole', 'sts:TagSession'] }),
});
const roles = [trailRole, anybody, role('app', [allow('*', '*')]), role('app2', [allow('*', '*')]), role('Nobody', [])];
const select = (...FieldSelectors: readonly object[]) => ({ FieldSelectors });
const data = (type: string, ...more: readonly object[]) =>
  select({ Field: 'eventCategory', Equals: ['Data'] }, { Field: 'resources.type', Equals: [type] }, ...more);
const AdvancedEventSelectors = [
  select({ Field: 'eventCategory', Equals: ['Management'] }),
  data(
    'AWS::DynamoDB::Table',
    { Field: 'resources.ARN', Equals: [tableArn('things')] },
    { Field: 'userIdentity.arn', NotStartsWith: [`arn:aws:sts::${account}:assumed-role/app/`] },
  ),
  data('AWS::S3::Object', { Field: 'resources.ARN', StartsWith: ['arn:aws:s3:::logs/audit/'] }),
];

let local: Local;
let watched: Watched;
let key: string;
beforeEach(async () => {
  local = await startLocal(roles);
  watched = watchedBy(local.endpoint, local.world);
  await local.endpoint.createTable(plainTable('things'));
  await local.endpoint.createTable(plainTable('others'));
  key = (await local.endpoint.createKey('stack/Key', { KeyPolicy: delegating })).attributes.Arn ?? '';
});
afterEach(() => local.close());

const Key = { pk: { S: 'a' }, sk: { S: 'b' } };
const get = (as: string, TableName = 'things') =>
  local
    .as(as)
    .dynamoDb.send(new GetItemCommand({ TableName, Key }))
    .catch((error: unknown) => error);
const names = () => watched.lines.map(({ eventName }) => eventName);

it('records nothing before there is a trail, and nothing of one that is not logging', async () => {
  await get('app2');
  watched.add({ AdvancedEventSelectors, IsLogging: false });
  await get('app2');
  expect(watched.lines).toEqual([]);
});

it('records who touched the table in the shape of CloudTrail, and not the roles that are left out', async () => {
  watched.add({ AdvancedEventSelectors });
  for (const as of ['app', 'app2', 'Nobody']) await get(as);
  await get('app2', 'others');
  expect(watched.lines).toHaveLength(2);
  const [read, refusal] = watched.lines;
  const session = `arn:aws:sts::${account}:assumed-role/app2/test`;
  expect(read).toEqual({
    eventVersion: '1.11',
    userIdentity: {
      type: 'AssumedRole',
      principalId: expect.stringMatching(/^AROA[0-9A-Z]{17}:test$/),
      arn: session,
      accountId: account,
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId: expect.stringMatching(/^AROA/),
          arn: roleArn('app2'),
          accountId: account,
          userName: 'app2',
        },
        attributes: { creationDate: expect.stringMatching(/^\d{4}-.*\dZ$/), mfaAuthenticated: 'false' },
      },
    },
    eventTime: expect.stringMatching(/T\d\d:\d\d:\d\dZ$/),
    eventSource: 'dynamodb.amazonaws.com',
    eventName: 'GetItem',
    awsRegion: region,
    sourceIPAddress: '127.0.0.1',
    userAgent: expect.stringContaining('aws-sdk-js'),
    requestParameters: { tableName: 'things', key: { pk: 'a', sk: 'b' } },
    responseElements: null,
    requestID: expect.any(String),
    eventID: expect.any(String),
    readOnly: true,
    resources: [{ accountId: account, type: 'AWS::DynamoDB::Table', ARN: tableArn('things') }],
    eventType: 'AwsApiCall',
    managementEvent: false,
    recipientAccountId: account,
    eventCategory: 'Data',
  });
  expect(refusal).toMatchObject({
    errorCode: 'AccessDenied',
    errorMessage: expect.stringContaining('dynamodb:GetItem'),
    userIdentity: { arn: `arn:aws:sts::${account}:assumed-role/Nobody/test` },
  });
});

it('records what an engine refuses, an index as its table, and batches by each of their tables', async () => {
  watched.add({ AdvancedEventSelectors });
  const { dynamoDb } = local.as('app2');
  const clash = { TableName: 'things', Item: Key, ConditionExpression: 'attribute_exists(pk)' };
  await dynamoDb.send(new PutItemCommand(clash)).catch(() => {});
  const ExpressionAttributeValues = { ':o': { S: 'x' } };
  const onIndex = { TableName: 'things', IndexName: 'by-owner', KeyConditionExpression: '#o = :o' };
  const named = { ExpressionAttributeNames: { '#o': 'owner' }, ExpressionAttributeValues };
  await dynamoDb.send(new QueryCommand({ ...onIndex, ...named }));
  const RequestItems = { others: { Keys: [Key] }, things: { Keys: [Key] } };
  await dynamoDb.send(new BatchGetItemCommand({ RequestItems }));
  expect(watched.lines.map(({ eventName, errorCode }) => [eventName, errorCode])).toEqual([
    ['PutItem', 'ConditionalCheckFailedException'],
    ['Query', undefined],
    ['BatchGetItem', undefined],
  ]);
  expect(watched.lines[1]?.resources).toMatchObject([{ ARN: tableArn('things') }]);
});

it('never tells what was written, encrypted or kept secret', async () => {
  watched.add({
    AdvancedEventSelectors: [...AdvancedEventSelectors.slice(0, 1), data('AWS::DynamoDB::Table')],
  });
  const { dynamoDb, kms, secrets, sts } = local.as('app2');
  const secret = 'the-hidden-thing';
  const Item = { ...Key, inside: { S: secret } };
  await dynamoDb.send(new PutItemCommand({ TableName: 'things', Item }));
  await dynamoDb.send(
    new QueryCommand({
      ...{ TableName: 'things', KeyConditionExpression: 'pk = :p', FilterExpression: 'inside = :h' },
      ExpressionAttributeValues: { ':p': { S: 'a' }, ':h': { S: secret } },
    }),
  );
  const sealed = await kms.send(new EncryptCommand({ KeyId: key, Plaintext: Buffer.from(secret) }));
  await kms.send(new DecryptCommand({ CiphertextBlob: sealed.CiphertextBlob }));
  local.endpoint.secrets.create({ Name: 'secret' });
  await secrets.send(new PutSecretValueCommand({ SecretId: 'secret', SecretString: secret }));
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({ RoleArn: roleArn('Anybody'), RoleSessionName: 'test', Tags: [{ Key: 'a', Value: 'b' }] }),
  );
  expect(names()).toEqual(['PutItem', 'Query', 'Encrypt', 'Decrypt', 'PutSecretValue', 'AssumeRole']);
  const told = JSON.stringify(watched.lines);
  const hidden = [
    secret,
    Buffer.from(secret).toString('base64'),
    Buffer.from(sealed.CiphertextBlob ?? []).toString('base64'),
  ];
  hidden.push(Credentials?.SecretAccessKey ?? '', Credentials?.SessionToken ?? '', Credentials?.AccessKeyId ?? '');
  for (const each of hidden) expect(told).not.toContain(each);
  expect(watched.lines[0]?.requestParameters).toEqual({ tableName: 'things', items: ['pk', 'sk', 'inside'] });
  expect(watched.lines[5]?.requestParameters).toMatchObject({
    roleArn: roleArn('Anybody'),
    principalTags: { a: 'b' },
  });
});

it('records objects by their prefix, listings too, and their contents never', async () => {
  watched.add({ AdvancedEventSelectors });
  const { s3 } = local.as('app2');
  const put = (key: string) => s3.send(new PutObjectCommand({ Bucket: 'logs', Key: key, Body: Buffer.from('body') }));
  await put('audit/1');
  await put('other/1');
  await s3.send(new ListObjectsV2Command({ Bucket: 'logs', Prefix: 'audit/' }));
  expect(watched.lines.map(({ eventName, resources }) => [eventName, resources])).toMatchObject([
    ['PutObject', [{ type: 'AWS::S3::Object', ARN: 'arn:aws:s3:::logs/audit/1' }, { type: 'AWS::S3::Bucket' }]],
    ['ListObjects', [{ type: 'AWS::S3::Object', ARNPrefix: 'arn:aws:s3:::logs/audit/' }, { type: 'AWS::S3::Bucket' }]],
  ]);
});

it('puts what changes the account on the bus, and not what only reads', async () => {
  watched.add({ AdvancedEventSelectors });
  const { kms } = local.as('app2');
  await kms.send(new EncryptCommand({ KeyId: key, Plaintext: Buffer.from('x') }));
  await kms.send(new ScheduleKeyDeletionCommand({ KeyId: key, PendingWindowInDays: 7 }));
  expect(names()).toEqual(['Encrypt', 'ScheduleKeyDeletion']);
  expect(watched.events).toMatchObject([
    {
      source: 'aws.kms',
      'detail-type': 'AWS API Call via CloudTrail',
      account,
      region,
      resources: [key],
      detail: { eventName: 'ScheduleKeyDeletion', requestParameters: { keyId: key, pendingWindowInDays: 7 } },
    },
  ]);
});

it('completes a record from outside, and keeps it as the selectors say', async () => {
  watched.add({ AdvancedEventSelectors });
  const userIdentity = { type: 'Root', arn: `arn:aws:iam::${account}:root` };
  watched.trail.happened({ eventSource: 'cloudtrail.amazonaws.com', eventName: 'StopLogging', userIdentity });
  const signIn = { eventSource: 'signin.amazonaws.com', eventName: 'ConsoleLogin', eventType: 'AwsConsoleSignIn' };
  watched.trail.happened({ ...signIn, userIdentity });
  expect(watched.lines).toMatchObject([
    { eventName: 'StopLogging', awsRegion: region, readOnly: false, eventCategory: 'Management', userIdentity },
    { eventName: 'ConsoleLogin', awsRegion: 'us-east-1', eventType: 'AwsConsoleSignIn' },
  ]);
  expect(watched.events).toMatchObject([{ source: 'aws.cloudtrail', detail: { eventName: 'StopLogging' } }]);
  watched.trail.happened({ ...signIn, awsRegion: region, userIdentity });
  expect(watched.events[1]).toMatchObject({
    'detail-type': 'AWS Console Sign In via CloudTrail',
    source: 'aws.signin',
  });
  const resources = [{ type: 'AWS::DynamoDB::Table', ARN: tableArn('others') }];
  watched.trail.happened({ eventSource: 'dynamodb.amazonaws.com', eventName: 'GetItem', userIdentity, resources });
  expect(watched.lines).toHaveLength(3);
  expect(() => watched.trail.happened({ eventName: 'X' })).toThrow(/eventSource/);
  expect(() => watched.trail.happened({ eventSource: 'a', eventName: 'X' })).toThrow(/userIdentity/);
});

it('records a service that invokes a function where the selectors take callers without ARN', () => {
  const functionArn = `arn:aws:lambda:${region}:${account}:function:f`;
  const leftOut = { Field: 'userIdentity.arn', NotStartsWith: ['arn:'] };
  watched.add({ AdvancedEventSelectors: [data('AWS::Lambda::Function', leftOut)] });
  watched.trail.invoked('apigateway.amazonaws.com', functionArn);
  expect(watched.lines).toMatchObject([
    { eventName: 'Invoke', userIdentity: { type: 'AWSService', invokedBy: 'apigateway.amazonaws.com' } },
  ]);
});

const strangers = {
  Effect: 'Allow',
  Principal: { AWS: account },
  Action: 's3:*',
  Resource: 'arn:aws:s3:::logs',
} as const;

it.each([
  ['whose bucket lets somebody else deliver', {}, [strangers], /s3:GetBucketAcl/],
  ['whose bucket is not there', { S3BucketName: 'none' }, undefined, /none/],
  ['whose role may not write', { CloudWatchLogsRoleArn: roleArn('Nobody') }, undefined, /cannot deliver/],
  ['with a property that is not built', { InsightSelectors: [] }, undefined, /InsightSelectors/],
  ['with both kinds of selectors', { AdvancedEventSelectors, EventSelectors: [{}] }, undefined, /both/],
])('refuses a trail %s', (_, properties, bucketPolicy, why) => {
  expect(() => watched.add(properties, bucketPolicy)).toThrow(why);
});
