import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { createQueues, type Queues } from '../../../local/aws/sqs/queues.ts';
import { createFunctionRegistry } from '../../../local/lambda/function-registry.ts';
import type { Invocation } from '../../../local/lambda/lambda-function.ts';
import { createStreams, type Streams } from '../../../local/streams/create-streams.ts';
import type { StreamRecord } from '../../../local/streams/stream-record.ts';
import {
  account,
  allow,
  delegating,
  type Local,
  plainTable,
  region,
  role,
  startLocal,
  tableArn,
} from './local-world.ts';

const reads = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map((name) => `dynamodb:${name}`);
const readsStream = allow(reads, `${tableArn('things')}/stream/*`);
const usesKey = allow('kms:Decrypt', '*', {
  Condition: {
    StringEquals: {
      'kms:ViaService': `dynamodb.${region}.amazonaws.com`,
      'kms:EncryptionContext:aws:dynamodb:tableName': 'things',
    },
  },
});
const sends = allow('sqs:SendMessage', '*');
const roles = [
  role('Reader', [readsStream, usesKey, sends]),
  role('WithoutKey', [readsStream, sends]),
  role('WithoutStream', [usesKey, sends]),
];
const deadArn = `arn:aws:sqs:${region}:${account}:dead`;

type End = Invocation['kind'] | { readonly batchItemFailures: readonly { readonly itemIdentifier: string }[] };

interface Stand {
  readonly local: Local;
  readonly streams: Streams;
  readonly queues: Queues;
  readonly told: string[];
  readonly ages: number[];
  /** What the function was given, batch by batch. */
  readonly runs: (readonly StreamRecord[])[];
  /** How its next runs end; answered when it runs out. */
  readonly ends: End[];
}

let folder: string;
let stand: Stand;
let key: string;

const start = async (properties: object = {}, roleName = 'Reader'): Promise<Stand> => {
  const local = await startLocal(roles, folder);
  key = (await local.endpoint.createKey('stack/Key', { KeyPolicy: delegating })).ref;
  const { attributes } = await local.endpoint.createTable(
    plainTable('things', {
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      SSESpecification: { SSEEnabled: true, KMSMasterKeyId: key },
    }),
  );
  const queues = createQueues(local.world, local.endpoint.url);
  queues.create({ QueueName: 'dead' });
  const functions = createFunctionRegistry();
  const [runs, ends, told, ages]: [Stand['runs'], Stand['ends'], string[], number[]] = [[], [], [], []];
  functions.add({
    definition: {
      ...{
        name: 'copy',
        arn: `arn:aws:lambda:${region}:${account}:function:copy`,
        origin: 'stack/copy',
        directory: '',
      },
      ...{ handler: '', runtime: 'nodejs24.x', variables: {}, memoryMb: 128, timeoutSeconds: 3, roleName },
      ...{ logGroup: 'copy', logFormat: 'JSON' as const },
    },
    invoke: async (event) => {
      runs.push(JSON.parse(event).Records);
      const end = ends.shift() ?? 'answered';
      const kind = typeof end === 'string' ? end : 'answered';
      return { kind, payload: JSON.stringify(typeof end === 'string' ? null : end), requestId: 'r', logs: [], ms: 0 };
    },
    replaceCode: () => {},
    stop: async () => {},
  });
  const streams = createStreams({
    ...{ world: local.world, endpoint: local.endpoint, functions, queues, tell: (line) => void told.push(line) },
    measured: ({ name, dimensions }, _, value) => {
      if (name === 'IteratorAge' && dimensions.FunctionName === 'copy') ages.push(value);
    },
  });
  streams.add({
    ...{ FunctionName: 'copy', EventSourceArn: attributes.StreamArn, StartingPosition: 'TRIM_HORIZON' },
    ...properties,
  });
  return { local, streams, queues, told, ages, runs, ends };
};

const stop = async ({ streams, local }: Stand) => {
  await streams.stop();
  await local.close();
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'streams-'));
});
afterEach(async () => {
  await stop(stand);
  rmSync(folder, { recursive: true });
});

const item = (sk: string, more: object = {}) => ({ pk: { S: 'a' }, sk: { S: sk }, ...more });
const put = (sk: string, more: object = {}) =>
  stand.local.as('Admin').dynamoDb.send(new PutItemCommand({ TableName: 'things', Item: item(sk, more) }));
const puts = async (...sks: readonly string[]) => {
  for (const sk of sks) await put(sk);
};
/** As often as it takes until nothing more is due at this time. */
const settle = async () => {
  for (let times = 0; times < 12; times += 1) await stand.streams.tick();
};
const pass = async (ms: number) => {
  stand.local.world.clock.advance(ms);
  await settle();
};
const keysOf = (records: readonly StreamRecord[]) =>
  records.map(({ dynamodb }) => (dynamodb.Keys.sk as { readonly S: string }).S).join('');
const batches = () => stand.runs.map(keysOf);
const dead = () => stand.queues.require(deadArn).messages.map(({ body }) => JSON.parse(body));

it("gives a function a table's changes in order, in the shape of AWS, and a put that changes nothing not at all", async () => {
  stand = await start();
  await put('1', { n: { N: '1' } });
  await put('1', { n: { N: '1' } });
  await put('1', { n: { N: '2' } });
  await stand.local.as('Admin').dynamoDb.send(new DeleteItemCommand({ TableName: 'things', Key: item('1') }));
  await settle();
  const records = stand.runs.flat();
  expect(records.map(({ eventName }) => eventName)).toEqual(['INSERT', 'MODIFY', 'REMOVE']);
  expect(records[1]).toEqual({
    eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
    eventName: 'MODIFY',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: region,
    dynamodb: {
      Keys: item('1'),
      NewImage: item('1', { n: { N: '2' } }),
      OldImage: item('1', { n: { N: '1' } }),
      SequenceNumber: expect.stringMatching(/^\d+$/),
      SizeBytes: expect.any(Number),
      StreamViewType: 'NEW_AND_OLD_IMAGES',
      ApproximateCreationDateTime: expect.any(Number),
    },
    eventSourceARN: expect.stringMatching(`^${tableArn('things')}/stream/`),
  });
  expect(new Set(records.map(({ eventID }) => eventID)).size).toBe(3);
  expect(stand.ages.every((age) => age >= 0 && age < 10_000)).toBe(true);
});

it('tells what DynamoDB deleted for its time to live from what somebody deleted, at the time of the clock', async () => {
  stand = await start();
  const hour = 3_600_000;
  const expiresAt = Math.floor((Date.now() + hour) / 1000);
  await put('1', { expiresAt: { N: String(expiresAt) } });
  await put('2', { expiresAt: { N: String(expiresAt) } });
  await settle();
  await stand.local.as('Admin').dynamoDb.send(new DeleteItemCommand({ TableName: 'things', Key: item('2') }));
  stand.local.world.clock.advance(2 * hour);
  await stand.local.endpoint.sweepExpired();
  await settle();
  const removed = stand.runs.flat().filter(({ eventName }) => eventName === 'REMOVE');
  expect(removed.map(({ dynamodb, userIdentity }) => [dynamodb.Keys.sk, userIdentity])).toEqual([
    [{ S: '2' }, undefined],
    [{ S: '1' }, { type: 'Service', principalId: 'dynamodb.amazonaws.com' }],
  ]);
  expect(removed[1]?.dynamodb.ApproximateCreationDateTime).toBeGreaterThan(expiresAt);
});

it('waits for a batch to fill until its window is over', async () => {
  stand = await start({ BatchSize: 3, MaximumBatchingWindowInSeconds: 60 });
  await puts('1', '2');
  await settle();
  expect(batches()).toEqual([]);
  await puts('3', '4');
  await settle();
  expect(batches()).toEqual(['123']);
  await pass(61_000);
  expect(batches()).toEqual(['123', '4']);
});

it('repeats a failed batch later, and nothing of what follows before it', async () => {
  stand = await start({ BatchSize: 2 });
  await puts('1', '2', '3');
  stand.ends.push('failed', 'failed', 'throttled');
  await settle();
  expect(batches()).toEqual(['12']);
  await pass(1000);
  expect(batches()).toEqual(['12', '12']);
  await pass(1000);
  expect(batches()).toHaveLength(2);
  await pass(60_000);
  await pass(60_000);
  expect(batches()).toEqual(['12', '12', '12', '12', '3']);
});

it('splits a failed batch until the record that fails is alone, and gives that up', async () => {
  const DestinationConfig = { OnFailure: { Destination: deadArn } };
  stand = await start({ BatchSize: 4, BisectBatchOnFunctionError: true, MaximumRetryAttempts: 1, DestinationConfig });
  await puts('1', '2', '3', '4');
  // 1234 fails, 12 does not, 34 fails, 3 fails twice.
  stand.ends.push('failed', 'answered', 'failed', 'failed', 'failed');
  for (let times = 0; times < 6; times += 1) await pass(60_000);
  expect(batches()).toEqual(['1234', '12', '34', '3', '3', '4']);
  const sequence = stand.runs[4]?.[0]?.dynamodb.SequenceNumber;
  expect(dead()).toMatchObject([
    {
      requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 2 },
      DDBStreamBatchInfo: { batchSize: 1, startSequenceNumber: sequence, endSequenceNumber: sequence },
    },
  ]);
  expect(JSON.stringify(dead())).not.toContain('NewImage');
});

it('gives up what became too old, and tells where it was', async () => {
  const DestinationConfig = { OnFailure: { Destination: deadArn } };
  stand = await start({ MaximumRecordAgeInSeconds: 60, DestinationConfig });
  await puts('1', '2');
  stand.ends.push('failed');
  await settle();
  await pass(61_000);
  await puts('3');
  await settle();
  expect(batches()).toEqual(['12', '3']);
  expect(dead()).toMatchObject([
    { requestContext: { condition: 'RecordAgeExceeded' }, DDBStreamBatchInfo: { batchSize: 2 } },
  ]);
});

it('repeats from the first record that the function says failed', async () => {
  stand = await start({ FunctionResponseTypes: ['ReportBatchItemFailures'] });
  await puts('1', '2', '3');
  stand.ends.push({ batchItemFailures: [{ itemIdentifier: '3' }, { itemIdentifier: '2' }] });
  stand.ends.push({ batchItemFailures: [{ itemIdentifier: 'nobody' }] });
  await settle();
  for (let times = 0; times < 3; times += 1) await pass(60_000);
  expect(batches()).toEqual(['123', '23', '23']);
});

it.each([
  ['read the stream', 'WithoutStream', 'dynamodb:DescribeStream'],
  ["use the table's key", 'WithoutKey', 'kms:Decrypt'],
])('gives nothing to a function whose role may not %s, and says so once', async (_, roleName, action) => {
  stand = await start({}, roleName);
  await puts('1');
  await settle();
  expect(batches()).toEqual([]);
  expect(stand.told).toEqual([expect.stringContaining(action)]);
  // As soon as it is allowed, everything comes.
  stand.local.roles.set(roleName, role(roleName, [readsStream, usesKey]));
  await settle();
  expect(batches()).toEqual(['1']);
});

it('goes on after a restart where it was, and gives again what was not done', async () => {
  stand = await start({ BatchSize: 1 });
  await puts('1', '2');
  stand.ends.push('answered', 'failed');
  await settle();
  expect(batches()).toEqual(['1', '2']);
  await stop(stand);
  stand = await start({ BatchSize: 1 });
  await puts('3');
  await settle();
  expect(batches()).toEqual(['2', '3']);
});

it('begins at the end when asked to', async () => {
  stand = await start();
  await puts('1');
  await settle();
  await stop(stand);
  rmSync(join(folder, 'stream-positions.json'));
  stand = await start({ StartingPosition: 'LATEST' });
  await settle();
  await puts('2');
  await settle();
  expect(batches()).toEqual(['2']);
});

it.each([
  [{ FilterCriteria: {} }, /FilterCriteria/],
  [{ StartingPosition: 'AT_TIMESTAMP' }, /AT_TIMESTAMP/],
  [{ BatchSize: 10_001 }, /BatchSize/],
  [{ BatchSize: 2000 }, /window/],
  [{ EventSourceArn: 'arn:aws:kinesis:eu-west-1:111122223333:stream/x' }, /streams only/],
  [{ DestinationConfig: { OnFailure: { Destination: 'arn:aws:s3:::x' } } }, /SQS/],
])('refuses %j', async (properties, why) => {
  stand = await start();
  const mapping = {
    FunctionName: 'copy',
    EventSourceArn: `${tableArn('things')}/stream/1`,
    StartingPosition: 'LATEST',
  };
  expect(() => stand.streams.add({ ...mapping, ...properties })).toThrow(why);
});
