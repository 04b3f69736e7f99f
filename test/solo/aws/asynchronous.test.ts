import { account, allow, policy, region, role } from './local-world.ts';
import { type FakeFunction, functionArn, type MessagingWorld, queueArn, startMessaging } from './messaging-world.ts';

const minute = 60_000;
const via = { StringEquals: { 'kms:ViaService': `sqs.${region}.amazonaws.com` } };
const mayBury = [
  allow('sqs:SendMessage', [queueArn('dead'), queueArn('records')]),
  allow(['kms:GenerateDataKey', 'kms:Decrypt'], '*', { Condition: via }),
];
const roles = [
  role('Function', mayBury),
  role('WithoutKey', mayBury.slice(0, 1)),
  role('WithoutQueue', mayBury.slice(1)),
];

let local: MessagingWorld;
beforeEach(async () => {
  local = await startMessaging(roles);
  const delegating = policy({ ...allow('kms:*', '*'), Principal: { AWS: `arn:aws:iam::${account}:root` } });
  const key = (await local.endpoint.createKey('key', { KeyPolicy: delegating })).ref;
  for (const QueueName of ['dead', 'records']) local.messaging.queues.create({ QueueName, KmsMasterKeyId: key });
});
afterEach(() => local.close());

/** A function whose failed events go to both queues. */
const prepared = (more: Parameters<MessagingWorld['function']>[1] = {}, settings: object = {}): FakeFunction => {
  const made = local.function('work', more);
  local.messaging.asynchronous.setDeadLetters('work', queueArn('dead'));
  local.messaging.asynchronous.configure({
    FunctionName: 'work',
    Qualifier: '$LATEST',
    DestinationConfig: { OnFailure: { Destination: queueArn('records') } },
    ...settings,
  });
  return made;
};
const messages = (name: string) => local.messaging.queues.require(name).messages;

it('runs a failed event again after one minute, and after two more, under the same request id', async () => {
  const work = prepared();
  work.ends.push('failed', 'failed');
  await local.accept('work', { n: 1 });
  const counts = [];
  for (const ms of [minute - 1000, 2000, minute, minute + 1000, 10 * minute]) {
    await local.pass(ms);
    counts.push(work.runs.length);
  }
  expect(counts).toEqual([1, 2, 2, 3, 3]);
  expect(new Set(work.runs.map(({ requestId }) => requestId)).size).toBe(1);
  expect(work.runs.at(-1)?.event).toEqual({ n: 1 });
  expect([messages('dead'), messages('records')]).toEqual([[], []]);
});

it("buries what fails three times: the event in the dead-letter queue, AWS's record at the destination", async () => {
  const work = prepared();
  work.ends.push('failed', 'failed', 'failed');
  await local.accept('work', { n: 1 });
  await local.pass(minute);
  expect(messages('dead')).toEqual([]);
  await local.pass(2 * minute);
  const [dead] = messages('dead');
  const requestId = work.runs[0]?.requestId;
  expect(dead).toMatchObject({
    body: '{"n":1}',
    attributes: {
      RequestID: { DataType: 'String', StringValue: requestId },
      ErrorCode: { DataType: 'Number', StringValue: '200' },
      ErrorMessage: { DataType: 'String', StringValue: 'broken' },
    },
  });
  expect(messages('records').map(({ body }) => JSON.parse(body))).toEqual([
    {
      version: '1.0',
      timestamp: expect.stringMatching(/Z$/),
      requestContext: {
        requestId,
        functionArn: `${functionArn('work')}:$LATEST`,
        condition: 'RetriesExhausted',
        approximateInvokeCount: 3,
      },
      requestPayload: { n: 1 },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: { errorType: 'Error', errorMessage: 'broken', trace: [] },
    },
  ]);
  expect(local.told).toEqual(['work failed an event for good (RetriesExhausted after 3 runs).']);
});

it('keeps to the retries that the template asks for', async () => {
  const work = prepared({}, { MaximumRetryAttempts: 0 });
  work.ends.push('failed');
  await local.accept('work', {});
  expect([work.runs.length, messages('dead').length]).toEqual([1, 1]);
});

it('gives up an event that is too old, however few its runs', async () => {
  const work = prepared({}, { MaximumEventAgeInSeconds: 90 });
  work.ends.push('failed', 'failed', 'failed');
  await local.accept('work', {});
  await local.pass(minute);
  await local.pass(2 * minute);
  expect(work.runs.length).toBe(2);
  expect(JSON.parse(messages('records')[0]?.body ?? '{}').requestContext.condition).toBe('EventAgeExceeded');
});

it('does not count being throttled as failing: such an event is run until it is too old', async () => {
  const work = prepared();
  work.ends.push(...Array.from({ length: 9 }, () => 'throttled' as const), 'failed', 'failed');
  await local.accept('work', {});
  for (let n = 0; n < 12; n += 1) await local.pass(5 * minute);
  expect([work.runs.length, messages('dead').length]).toEqual([12, 0]);
  work.ends.push(...Array.from({ length: 99 }, () => 'throttled' as const));
  await local.accept('work', {});
  for (let n = 0; n < 8; n += 1) await local.pass(60 * minute);
  expect(messages('dead')[0]?.attributes.ErrorCode).toEqual({ DataType: 'Number', StringValue: '429' });
});

it('gives up at once what a function without any concurrency gets', async () => {
  const work = prepared({ reservedConcurrency: 0 });
  await local.accept('work', {});
  expect([work.runs.length, messages('dead').length]).toEqual([0, 1]);
  expect(JSON.parse(messages('records')[0]?.body ?? '{}').requestContext.condition).toBe('ZeroReservedConcurrency');
});

it.each(['WithoutKey', 'WithoutQueue'])(
  "loses, tells and measures what the function's role may not send: %s",
  async (roleName) => {
    const work = prepared({ roleName }, { MaximumRetryAttempts: 0 });
    work.ends.push('failed');
    await local.accept('work', {});
    expect([messages('dead'), messages('records')]).toEqual([[], []]);
    expect(
      local.told.filter((line) => line.includes(`assumed-role/${roleName}/work is refused, and lost`)),
    ).toHaveLength(2);
    expect(local.measured.get('DeadLetterErrors work')).toEqual([1]);
    expect(local.measured.get('DestinationDeliveryFailures work')).toEqual([1]);
  },
);

it('refuses settings that it could not keep to', () => {
  local.function('work');
  const { asynchronous } = local.messaging;
  const settings = { FunctionName: 'work', Qualifier: '$LATEST' };
  expect(() => asynchronous.configure({ ...settings, Qualifier: 'live' })).toThrow(/LATEST/);
  expect(() => asynchronous.configure({ ...settings, MaximumRetryAttempts: 3 })).toThrow(/0 to 2/);
  const OnFailure = { Destination: functionArn('other') };
  expect(() => asynchronous.configure({ ...settings, DestinationConfig: { OnFailure } })).toThrow(/SQS queues only/);
  expect(() => asynchronous.setDeadLetters('work', queueArn('none'))).toThrow(/No queue/);
});
