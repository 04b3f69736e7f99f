import { DisableKeyCommand } from '@aws-sdk/client-kms';
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { allow, delegating, policy, region, role, roleArn } from './local-world.ts';
import { type MessagingWorld, queueArn, startMessaging } from './messaging-world.ts';

const via = { StringEquals: { 'kms:ViaService': `sqs.${region}.amazonaws.com` } };
const onQueue = allow(['sqs:SendMessage', 'sqs:ReceiveMessage'], queueArn('sealed'));
const roles = [
  role('Reader', [onQueue, allow('kms:Decrypt', '*', { Condition: via })]),
  role('Writer', [onQueue, allow(['kms:Decrypt', 'kms:GenerateDataKey'], '*', { Condition: via })]),
  role('Direct', [onQueue, allow('kms:*', '*', { Condition: { Null: { 'kms:ViaService': 'true' } } })]),
  role('Guest', []),
];

let local: MessagingWorld;
let key: string;
beforeAll(async () => {
  local = await startMessaging(roles);
  const { queues } = local.messaging;
  key = (await local.endpoint.createKey('key', { KeyPolicy: delegating })).ref;
  queues.create({ QueueName: 'dead' });
  const RedrivePolicy = { deadLetterTargetArn: queueArn('dead'), maxReceiveCount: 2 };
  queues.create({ QueueName: 'plain', VisibilityTimeout: 60, MessageRetentionPeriod: 3600, RedrivePolicy });
  queues.create({ QueueName: 'sealed', KmsMasterKeyId: key });
  queues.addPolicy({
    Queues: [queues.require('plain').url],
    PolicyDocument: policy({
      ...allow('sqs:SendMessage', queueArn('plain')),
      Principal: { AWS: roleArn('Guest') },
    }),
  });
});
afterEach(() => {
  for (const queue of local.messaging.queues.all()) queue.messages = [];
});
afterAll(() => local.close());

const url = (name: string) => local.messaging.queues.require(name).url;
const send = (as: string, name: string, MessageBody = 'body') =>
  local.as(as).sqs.send(new SendMessageCommand({ QueueUrl: url(name), MessageBody }));
const receive = async (as: string, name: string, more: Partial<ReceiveMessageCommandInput> = {}) =>
  (await local.as(as).sqs.send(new ReceiveMessageCommand({ QueueUrl: url(name), ...more }))).Messages ?? [];

it('shows a message again when its time out of sight has passed, until it is deleted', async () => {
  await send('Admin', 'dead', 'first');
  const [first] = await receive('Admin', 'dead', { MessageSystemAttributeNames: ['All'] });
  expect(first).toMatchObject({ Body: 'first', Attributes: { ApproximateReceiveCount: '1' } });
  expect(await receive('Admin', 'dead')).toEqual([]);
  await local.pass(30_000);
  const [again] = await receive('Admin', 'dead');
  expect(again?.MessageId).toBe(first?.MessageId);
  const remove = (ReceiptHandle = '') =>
    local.as('Admin').sqs.send(new DeleteMessageCommand({ QueueUrl: url('dead'), ReceiptHandle }));
  await remove(first?.ReceiptHandle);
  await remove(again?.ReceiptHandle);
  await expect(remove('nonsense')).rejects.toMatchObject({ name: 'ReceiptHandleIsInvalid' });
  await local.pass(30_000);
  expect(await receive('Admin', 'dead')).toEqual([]);
});

it('moves what was received too often, and forgets what is too old', async () => {
  await send('Admin', 'plain', 'poison');
  for (const _ of [1, 2]) {
    expect(await receive('Admin', 'plain')).toHaveLength(1);
    await local.pass(60_000);
  }
  expect(await receive('Admin', 'plain')).toEqual([]);
  expect(await receive('Admin', 'dead')).toMatchObject([{ Body: 'poison' }]);
  await send('Admin', 'plain', 'old');
  await local.pass(3600_000);
  expect(await receive('Admin', 'plain')).toEqual([]);
});

it('waits for a message as long as it is asked to', async () => {
  const waiting = receive('Admin', 'dead', { WaitTimeSeconds: 20 });
  await send('Admin', 'dead', 'late');
  expect(await waiting).toMatchObject([{ Body: 'late' }]);
});

it('counts what is visible and what is not, and is emptied', async () => {
  for (const body of ['a', 'b', 'c']) await send('Admin', 'dead', body);
  await receive('Admin', 'dead');
  const { Attributes } = await local
    .as('Admin')
    .sqs.send(new GetQueueAttributesCommand({ QueueUrl: url('dead'), AttributeNames: ['All'] }));
  expect(Attributes).toMatchObject({ ApproximateNumberOfMessages: '2', ApproximateNumberOfMessagesNotVisible: '1' });
  await local.as('Admin').sqs.send(new PurgeQueueCommand({ QueueUrl: url('dead') }));
  expect(local.messaging.queues.require('dead').messages).toEqual([]);
});

it('is measured at every whole minute, also of those that a moved clock left out', async () => {
  local.measured.clear();
  await send('Admin', 'dead');
  await local.pass(5 * 60_000);
  const seen = local.measured.get('ApproximateNumberOfMessagesVisible dead') ?? [];
  expect([seen.length >= 5, new Set(seen)]).toEqual([true, new Set([1])]);
  expect(local.measured.get('ApproximateAgeOfOldestMessage dead')?.at(-1)).toBeGreaterThan(200);
});

it('has a URL on this machine for clients, and none for a name that no queue has', async () => {
  const { sqs } = local.as('Admin');
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'dead' }));
  expect(QueueUrl).toContain(local.endpoint.url);
  await expect(sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }))).resolves.toBeDefined();
  await expect(sqs.send(new GetQueueUrlCommand({ QueueName: 'none' }))).rejects.toMatchObject({
    name: 'QueueDoesNotExist',
  });
});

it.each([
  ['send', 'Guest', 'sealed'],
  ['send', 'Reader', 'sealed'],
  ['send', 'Direct', 'sealed'],
  ['receive', 'Guest', 'plain'],
  ['receive', 'Direct', 'sealed'],
] as const)('does not let one %s who may not, with queue or key: %s at %s', async (what, as, name) => {
  await send('Admin', name);
  await expect(what === 'send' ? send(as, name) : receive(as, name)).rejects.toMatchObject({
    name: expect.stringMatching(/^(AccessDenied|KmsAccessDenied)/),
  });
  expect(local.messaging.queues.require(name).messages).toHaveLength(1);
});

it("lets in whom the queue's policy names, and whom IAM allows with the key", async () => {
  await expect(send('Guest', 'plain')).resolves.toBeDefined();
  await expect(send('Writer', 'sealed')).resolves.toBeDefined();
  await expect(receive('Reader', 'sealed')).resolves.toHaveLength(1);
});

it('takes nothing while its key is disabled', async () => {
  local.messaging.queues.create({ QueueName: 'closing', KmsMasterKeyId: key });
  await local.as('Admin').kms.send(new DisableKeyCommand({ KeyId: key }));
  await expect(send('Admin', 'closing')).rejects.toMatchObject({ name: 'KmsDisabled' });
});

it('refuses a queue that it could not run faithfully', () => {
  const { queues } = local.messaging;
  expect(() => queues.create({ QueueName: 'q.fifo', FifoQueue: true })).toThrow(/FifoQueue/);
  expect(() =>
    queues.create({ QueueName: 'q', RedrivePolicy: { deadLetterTargetArn: 'x', maxReceiveCount: 1 } }),
  ).toThrow(/No queue x/);
});
