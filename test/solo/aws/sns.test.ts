import { DisableKeyCommand } from '@aws-sdk/client-kms';
import { PublishCommand } from '@aws-sdk/client-sns';
import type { Statement } from '../../../local/types.ts';
import { account, allow, policy, region, role } from './local-world.ts';
import {
  alarmArn,
  type FakeFunction,
  functionArn,
  type MessagingWorld,
  permission,
  queueArn,
  startMessaging,
  topicArn,
} from './messaging-world.ts';

const alarms = topicArn('alarms');
const via = { StringEquals: { 'kms:ViaService': `sns.${region}.amazonaws.com` } };
const roles = [
  role('Publisher', [
    allow('sns:Publish', alarms),
    allow(['kms:GenerateDataKey', 'kms:Decrypt'], '*', { Condition: via }),
  ]),
  role('WithoutKey', [allow('sns:Publish', alarms)]),
  role('KeyOnly', [allow('kms:*', '*')]),
];

const ofAlarms = {
  StringEquals: { 'aws:SourceAccount': account },
  ArnLike: { 'aws:SourceArn': alarmArn('*') },
};
const cloudwatch: Statement = {
  ...allow('sns:Publish', '*', { Condition: ofAlarms }),
  Principal: { Service: 'cloudwatch.amazonaws.com' },
};
const keyActions = ['kms:GenerateDataKey*', 'kms:Decrypt'];
const use = (service: string, rest: Partial<Statement> = {}): Statement => ({
  ...allow(keyActions, '*', rest),
  Principal: { Service: service },
});
const delegation: Statement = { ...allow('kms:*', '*'), Principal: { AWS: `arn:aws:iam::${account}:root` } };

let local: MessagingWorld;
let pager: FakeFunction;
let key: string;
let made = 0;

/** A topic with a queue and a function, and policies of its own. */
const build = async (topic: readonly Statement[], keyPolicy: readonly Statement[], queue: readonly Statement[]) => {
  const { topics, queues } = local.messaging;
  made += 1;
  key = (await local.endpoint.createKey(`key-${made}`, { KeyPolicy: policy(delegation, ...keyPolicy) })).ref;
  topics.create({ TopicName: 'alarms', KmsMasterKeyId: key });
  topics.addPolicy({ Topics: [alarms], PolicyDocument: policy(...topic) });
  for (const QueueName of ['copies', 'undelivered']) {
    const { ref } = queues.create({ QueueName, KmsMasterKeyId: key });
    queues.addPolicy({ Queues: [ref], PolicyDocument: policy(...queue) });
  }
  pager = local.function('pager');
  const RedrivePolicy = { deadLetterTargetArn: queueArn('undelivered') };
  topics.subscribe({ TopicArn: alarms, Protocol: 'lambda', Endpoint: functionArn('pager'), RedrivePolicy });
  topics.subscribe({ TopicArn: alarms, Protocol: 'sqs', Endpoint: queueArn('copies') });
  topics.subscribe({ TopicArn: alarms, Protocol: 'email', Endpoint: 'on-call@example.com' });
};
const toQueue: Statement = {
  ...allow('sqs:SendMessage', '*', { Condition: { ArnEquals: { 'aws:SourceArn': alarms } } }),
  Principal: { Service: 'sns.amazonaws.com' },
};
const services = [use('cloudwatch.amazonaws.com', { Condition: ofAlarms }), use('sns.amazonaws.com')];

beforeEach(async () => {
  local = await startMessaging(roles);
  await build([cloudwatch], services, [toQueue]);
  pager.permissions.push(permission('sns.amazonaws.com', alarms));
});
afterEach(() => local.close());

const asCloudWatch = async (source = alarmArn('one')) => {
  await local.messaging.publishAs('cloudwatch.amazonaws.com', alarms, { subject: 'ALARM', body: '{"a":1}' }, source);
  await local.messaging.settled();
};
const bodies = (name: string) => local.messaging.queues.require(name).messages.map(({ body }) => JSON.parse(body));
const publish = (as: string, more: object = {}) =>
  local.as(as).sns.send(new PublishCommand({ TopicArn: alarms, Message: 'hello', ...more }));

it('takes an alarm to function, queue and e-mail, in the shapes of AWS', async () => {
  await asCloudWatch();
  const [run] = pager.runs;
  expect(run?.event).toEqual({
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: expect.stringMatching(/^arn:aws:sns:[^:]+:\d+:alarms:[0-9a-f-]{36}$/),
        Sns: {
          Type: 'Notification',
          MessageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
          TopicArn: alarms,
          Subject: 'ALARM',
          Message: '{"a":1}',
          Timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/),
          SignatureVersion: '1',
          Signature: expect.any(String),
          SigningCertUrl: expect.stringContaining('https://sns.'),
          UnsubscribeUrl: expect.stringContaining('Action=Unsubscribe'),
          MessageAttributes: {},
        },
      },
    ],
  });
  expect(bodies('copies')).toMatchObject([{ Type: 'Notification', Subject: 'ALARM', Message: '{"a":1}' }]);
  expect(local.messaging.emails).toMatchObject([{ to: 'on-call@example.com', subject: 'ALARM', body: '{"a":1}' }]);
  expect(local.told).toEqual(['An e-mail would be sent to on-call@example.com: ALARM']);
});

it.each<[string, readonly Statement[], readonly Statement[]]>([
  [
    'the topic does not name the service',
    [{ ...cloudwatch, Principal: { Service: 'events.amazonaws.com' } }],
    services,
  ],
  ['the key does not name the service', [cloudwatch], [use('sns.amazonaws.com')]],
  [
    'the key gives the service too little',
    [cloudwatch],
    [{ ...use('cloudwatch.amazonaws.com'), Action: 'kms:Decrypt' }],
  ],
  [
    'the topic wants another source',
    [{ ...cloudwatch, Condition: { ArnLike: { 'aws:SourceArn': alarmArn('other') } } }],
    services,
  ],
])('loses an alarm, and says so, when %s', async (_, topic, keyPolicy) => {
  await build(topic, keyPolicy, [toQueue]);
  pager.permissions.push(permission('sns.amazonaws.com', alarms));
  await asCloudWatch();
  expect([pager.runs, bodies('copies'), local.messaging.emails]).toEqual([[], [], []]);
  expect(local.told).toEqual([expect.stringContaining('Publish by cloudwatch.amazonaws.com is refused, and lost')]);
  expect(local.endpoint.calls.list().at(-1)).toMatchObject({
    service: 'sns',
    operation: 'Publish',
    principal: 'cloudwatch.amazonaws.com',
    allowed: false,
  });
});

it('loses an alarm while the key is disabled', async () => {
  await local.as('Admin').kms.send(new DisableKeyCommand({ KeyId: key }));
  await asCloudWatch();
  expect(pager.runs).toEqual([]);
  expect(local.told).toEqual([expect.stringContaining('is Disabled')]);
});

it.each(['AnotherTopic', 'none'])('puts aside what no permission lets into the function: %s', async (which) => {
  pager.permissions.length = 0;
  if (which !== 'none') pager.permissions.push(permission('sns.amazonaws.com', topicArn(which)));
  await asCloudWatch();
  expect(pager.runs).toEqual([]);
  expect(bodies('undelivered')).toMatchObject([{ Message: '{"a":1}' }]);
  expect(bodies('copies')).toHaveLength(1);
  expect(local.told[0]).toContain('does not reach');
  expect(local.measured.get('NumberOfNotificationsFailed alarms')).toEqual([1]);
});

it.each<[string, readonly Statement[], readonly Statement[]]>([
  ["the queue's policy does not name SNS", services, []],
  [
    "the queue's policy names another topic",
    services,
    [{ ...toQueue, Condition: { ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:a:b:c' } } }],
  ],
  ["the queue's key does not let SNS", [use('cloudwatch.amazonaws.com')], [toQueue]],
])('reaches the others when %s', async (_, keyPolicy, queue) => {
  await build(
    [cloudwatch],
    keyPolicy,
    queue.length > 0 ? queue : [{ ...toQueue, Principal: { Service: 'events.amazonaws.com' } }],
  );
  pager.permissions.push(permission('sns.amazonaws.com', alarms));
  await asCloudWatch();
  expect(bodies('copies')).toEqual([]);
  expect(pager.runs).toHaveLength(1);
  expect(local.told[0]).toContain('SendMessage by sns.amazonaws.com is refused');
});

it('is published to by a client that may use topic and key, and by no other', async () => {
  const { MessageId } = await publish('Publisher', {
    Subject: 'hi',
    MessageAttributes: { kind: { DataType: 'String', StringValue: 'test' } },
  });
  await local.messaging.settled();
  expect(pager.runs).toMatchObject([
    { event: { Records: [{ Sns: { MessageId, MessageAttributes: { kind: { Type: 'String', Value: 'test' } } } }] } },
  ]);
  await expect(publish('WithoutKey')).rejects.toMatchObject({ name: 'KMSAccessDeniedException' });
  await expect(publish('KeyOnly')).rejects.toMatchObject({ name: 'AuthorizationErrorException' });
  await expect(publish('Admin', { TopicArn: topicArn('none') })).rejects.toMatchObject({ name: 'NotFoundException' });
  expect(pager.runs).toHaveLength(1);
});

it('delivers twice, late, and out of order when a test asks for it', async () => {
  const { faults } = local.endpoint;
  const messages = () =>
    pager.runs.map(({ event }) => (event as { Records: [{ Sns: { Message: string } }] }).Records[0].Sns.Message);
  const say = async (Message: string) => {
    await publish('Admin', { Message });
    await local.messaging.settled();
  };
  faults.add({ service: 'sns', kind: 'deliver-twice', times: 1 });
  await say('twice');
  faults.add({ service: 'sns', kind: 'deliver-after-next', times: 1 });
  await say('first');
  await say('second');
  faults.add({ service: 'sns', operation: 'Deliver', kind: 'delay', times: 1, ms: 60_000 });
  await say('late');
  expect(messages()).toEqual(['twice', 'twice', 'second', 'first']);
  await local.pass(60_000);
  expect(messages().at(-1)).toBe('late');
});

it('throttles a client as every other service does', async () => {
  local.endpoint.faults.add({ service: 'sns', kind: 'throttle', times: 1 });
  await expect(publish('Admin')).rejects.toMatchObject({ name: 'ThrottledException' });
  expect(pager.runs).toEqual([]);
});

it('refuses a subscription that it could not run faithfully', () => {
  const { topics } = local.messaging;
  const subscription = { TopicArn: alarms, Protocol: 'lambda', Endpoint: functionArn('pager') };
  expect(() => topics.subscribe({ ...subscription, FilterPolicy: {} })).toThrow(/FilterPolicy/);
  expect(() => topics.subscribe({ ...subscription, Protocol: 'https' })).toThrow(/lambda, sqs and email/);
});
