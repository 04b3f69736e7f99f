import type { JsonObject } from '../../../local/template/json.ts';
import type { Statement } from '../../../local/types.ts';
import { account, allow, policy } from './local-world.ts';
import {
  functionArn,
  type MessagingWorld,
  permission,
  queueArn,
  ruleArn,
  startMessaging,
  topicArn,
} from './messaging-world.ts';

const event: JsonObject = {
  version: '0',
  'detail-type': 'AWS API Call via CloudTrail',
  source: 'aws.kms',
  detail: { eventName: 'DisableKey', readOnly: false },
};
const pattern = { source: ['aws.kms'], detail: { eventName: ['DisableKey', 'DescribeKey'] } };
const events = 'events.amazonaws.com';
const publish: Statement = { ...allow('sns:Publish', '*'), Principal: { Service: events } };
const useKey: Statement = { ...allow(['kms:GenerateDataKey*', 'kms:Decrypt'], '*'), Principal: { Service: events } };
const fromRule = { Condition: { ArnEquals: { 'aws:SourceArn': ruleArn('rule') } } };

let local: MessagingWorld;
beforeEach(async () => {
  local = await startMessaging();
});
afterEach(() => local.close());

const rule = (targets: readonly JsonObject[], more: JsonObject = {}) =>
  local.messaging.rules.create({ Name: 'rule', EventPattern: pattern, Targets: targets, ...more });
const put = async (what: JsonObject = event) => {
  await local.messaging.putEvent(what);
  await local.messaging.settled();
};
const target = (more: JsonObject = {}): JsonObject => ({ Id: 'one', Arn: functionArn('work'), ...more });
/** The events that a function got which EventBridge may invoke. */
const invited = () => {
  const made = local.function('work');
  made.permissions.push(permission(events, ruleArn('rule')));
  return made.runs;
};

/** A topic with these policies, and the bodies that arrive through it. */
const topic = async (topicPolicy: Statement, keyPolicy: Statement): Promise<readonly string[]> => {
  const { topics } = local.messaging;
  const key = (await local.endpoint.createKey('key', { KeyPolicy: policy(keyPolicy) })).ref;
  topics.create({ TopicName: 'alarms', KmsMasterKeyId: key });
  topics.addPolicy({ Topics: [topicArn('alarms')], PolicyDocument: policy(topicPolicy) });
  topics.subscribe({ TopicArn: topicArn('alarms'), Protocol: 'email', Endpoint: 'on-call@example.com' });
  rule([
    {
      Id: 'topic',
      Arn: topicArn('alarms'),
      InputTransformer: { InputTemplate: '{"detection":"key-endangered","event":<aws.events.event.json>}' },
    },
  ]);
  await put();
  return local.messaging.emails.map(({ body }) => body);
};

it('gives a function the event as it is, and only events that fit', async () => {
  const runs = invited();
  rule([target()]);
  await put();
  await put({ ...event, source: 'aws.s3' });
  expect(runs.map((run) => run.event)).toEqual([event]);
});

it.each<[string, string, string]>([
  ['no permission lets EventBridge in', 'sns.amazonaws.com', ruleArn('rule')],
  ['the permission is for another rule', events, ruleArn('other')],
])('does not reach a function when %s', async (_, service, source) => {
  const { runs, permissions } = local.function('work');
  permissions.push(permission(service, source));
  rule([target()]);
  await put();
  expect(runs).toEqual([]);
  expect(local.told).toEqual([expect.stringContaining('does not reach')]);
  expect(local.measured.get('FailedInvocations rule')).toEqual([1]);
});

it('publishes what the transformer makes of it to a topic under a key', async () => {
  expect(await topic(publish, useKey)).toEqual([JSON.stringify({ detection: 'key-endangered', event })]);
});

it.each<[string, Statement, Statement]>([
  ['the topic does not name it', { ...publish, Principal: { Service: 'cloudwatch.amazonaws.com' } }, useKey],
  ['the key does not name it', publish, { ...useKey, Principal: { Service: 'cloudwatch.amazonaws.com' } }],
  ['the topic wants a source, which EventBridge does not name', { ...publish, ...fromRule }, useKey],
  ['the key wants a source, which EventBridge does not name', publish, { ...useKey, ...fromRule }],
  [
    'the key wants an account, which EventBridge does not name',
    publish,
    { ...useKey, Condition: { StringEquals: { 'aws:SourceAccount': account } } },
  ],
])('does not reach a topic when %s', async (_, topicPolicy, keyPolicy) => {
  expect(await topic(topicPolicy, keyPolicy)).toEqual([]);
  expect(local.told).toEqual([expect.stringContaining('Publish by events.amazonaws.com is refused')]);
  expect(local.measured.get('FailedInvocations rule')).toEqual([1]);
});

it('puts it into a queue whose policy names the rule', async () => {
  const { queues } = local.messaging;
  queues.create({ QueueName: 'copies' });
  const statement = { ...allow('sqs:SendMessage', '*', fromRule), Principal: { Service: events } };
  queues.addPolicy({ Queues: ['copies'], PolicyDocument: policy(statement) });
  rule([{ Id: 'queue', Arn: queueArn('copies'), InputPath: '$.detail' }]);
  await put();
  expect(queues.require('copies').messages.map(({ body }) => body)).toEqual([JSON.stringify(event.detail)]);
});

it('reaches the other targets when one cannot be reached', async () => {
  const runs = invited();
  const InputTransformer = { InputPathsMap: { n: '$.detail.eventName' }, InputTemplate: '{"a":"<n>"}' };
  rule([target({ InputTransformer }), target()]);
  const odd = { ...event, detail: { eventName: 'DisableKey', by: 'x' } };
  await put({ ...odd, detail: { eventName: ['DisableKey', 'a "quoted" name'] } });
  expect(runs).toHaveLength(1);
  expect(local.told).toEqual([expect.stringContaining('the input is not JSON')]);
});

it.each<[string, string | undefined, number]>([
  ['only reads, on a rule as usual', undefined, 0],
  ['only reads, on a rule that asks for all', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS', 1],
])('counts as often as it should a management event that %s', async (_, State, times) => {
  const runs = invited();
  rule([target()], State === undefined ? {} : { State });
  await put({ ...event, detail: { eventName: 'DescribeKey', readOnly: true } });
  expect(runs).toHaveLength(times);
});

it('does nothing for a rule that is switched off', async () => {
  const runs = invited();
  rule([target()], { State: 'DISABLED' });
  await put();
  expect(runs).toEqual([]);
});

it("fires a rate by the twin's clock, once however far it was moved", async () => {
  const runs = invited();
  local.messaging.rules.create({ Name: 'rule', ScheduleExpression: 'rate(5 minutes)', Targets: [target()] });
  const counts = [];
  for (const minutes of [4.9, 0.2, 4.7, 0.2, 60]) {
    await local.pass(minutes * 60_000);
    counts.push(runs.length);
  }
  expect(counts).toEqual([0, 1, 1, 2, 3]);
  expect(runs[0]?.event).toMatchObject({
    source: 'aws.events',
    'detail-type': 'Scheduled Event',
    resources: [ruleArn('rule')],
  });
});

it.each<[string, JsonObject, RegExp]>([
  ['a pattern that EventBridge refuses', { EventPattern: { source: 'aws.kms' } }, /Rule rule: source is "aws.kms"/],
  ['a pattern longer than its quota', { EventPattern: { source: ['x'.repeat(2048)] } }, /2048/],
  ['another event bus', { EventBusName: 'mine' }, /default/],
  ['cron', { ScheduleExpression: 'cron(0 12 * * ? *)' }, /no cron/],
  ['a rate in bad grammar', { ScheduleExpression: 'rate(1 minutes)' }, /one minute/],
  ['a target that is not built', { Targets: [{ Id: 'x', Arn: 'arn:aws:kinesis:a:b:c' }] }, /lambda, sns, sqs/],
  ['a retry policy of a target', { Targets: [{ Id: 'x', Arn: functionArn('work'), RetryPolicy: {} }] }, /RetryPolicy/],
])('refuses %s', (_, more, says) => {
  expect(() => rule([], more)).toThrow(says);
});
