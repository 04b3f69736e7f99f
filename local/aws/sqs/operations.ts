import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { AwsError } from '../aws-error.ts';
import { type Fields, isFields, optionalFields, optionalList, optionalNumber, text } from '../fields.ts';
import type { ServiceCall } from '../service.ts';
import type { Message, MessageAttributes, Queue } from './queue.ts';
import type { Queues } from './queues.ts';

/** The work of an authorized call on a queue. */
export type Operation = (call: ServiceCall, queue: Queue, queues: Queues) => Fields | Promise<Fields>;

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

const bodyBytesMax = 1024 * 1024;

const attributesOf = (input: Fields): MessageAttributes =>
  Object.fromEntries(
    Object.entries(optionalFields(input, 'MessageAttributes') ?? {}).map(([name, value]) => [
      name,
      isFields(value) ? value : {},
    ]),
  );

const sendMessage: Operation = ({ input, caller }, queue, queues) => {
  const body = text(input, 'MessageBody');
  if (body === '' || Buffer.byteLength(body) > bodyBytesMax)
    throw new AwsError('InvalidParameterValue', 'A message has 1 to 1048576 bytes.');
  const delaySeconds = optionalNumber(input, 'DelaySeconds') ?? queue.delaySeconds;
  const sender = caller.principal.arn;
  const { id } = queues.send(queue, { body, attributes: attributesOf(input), sender, delaySeconds });
  return { MessageId: id, MD5OfMessageBody: md5(body) };
};

const inRange = (input: Fields, name: string, otherwise: number, [min, max]: readonly [number, number]): number => {
  const value = optionalNumber(input, name) ?? otherwise;
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new AwsError(
    'InvalidParameterValue',
    `Value ${value} for parameter ${name} is invalid: from ${min} to ${max}.`,
  );
};

const pollEveryMs = 50;

/** Long polling waits in real time, as the client's own patience does. */
const receiveMessage: Operation = async ({ input }, queue, queues) => {
  const max = inRange(input, 'MaxNumberOfMessages', 1, [1, 10]);
  const visibility = inRange(input, 'VisibilityTimeout', queue.visibilitySeconds, [0, 43_200]);
  const until = Date.now() + inRange(input, 'WaitTimeSeconds', queue.waitSeconds, [0, 20]) * 1000;
  let received = queues.receive(queue, max, visibility);
  while (received.length === 0 && Date.now() < until) {
    await wait(pollEveryMs);
    received = queues.receive(queue, max, visibility);
  }
  const wanted = [
    ...(optionalList(input, 'MessageSystemAttributeNames') ?? []),
    ...(optionalList(input, 'AttributeNames') ?? []),
  ];
  const names = optionalList(input, 'MessageAttributeNames') ?? [];
  return received.length === 0 ? {} : { Messages: received.map((message) => shown(message, wanted, names)) };
};

const shown = (message: Message, wanted: readonly unknown[], names: readonly unknown[]): Fields => {
  const system: Readonly<Record<string, string>> = {
    SenderId: message.sender,
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
  };
  const all = (list: readonly unknown[]) => list.includes('All') || list.includes('.*');
  const Attributes = Object.fromEntries(
    Object.entries(system).filter(([name]) => all(wanted) || wanted.includes(name)),
  );
  const own = Object.entries(message.attributes).filter(([name]) => all(names) || names.includes(name));
  return {
    MessageId: message.id,
    ReceiptHandle: message.receipt,
    Body: message.body,
    MD5OfBody: md5(message.body),
    ...(Object.keys(Attributes).length > 0 ? { Attributes } : {}),
    ...(own.length > 0 ? { MessageAttributes: Object.fromEntries(own) } : {}),
  };
};

/** An older receipt of the message is accepted and deletes nothing, as on AWS. */
const deleteMessage: Operation = ({ input }, queue) => {
  const receipt = text(input, 'ReceiptHandle');
  if (!Buffer.from(receipt, 'base64').toString().startsWith(`${queue.name} `))
    throw new AwsError('ReceiptHandleIsInvalid', 'The input receipt handle is invalid.', 404);
  queue.messages = queue.messages.filter((message) => message.receipt !== receipt);
  return {};
};

const getQueueAttributes: Operation = ({ input }, queue, queues) => {
  const { visible, hidden } = queues.state(queue);
  const delayed = hidden.filter(({ receiveCount }) => receiveCount === 0);
  const { redrive } = queue;
  const all: Readonly<Record<string, string>> = {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(visible.length),
    ApproximateNumberOfMessagesNotVisible: String(hidden.length - delayed.length),
    ApproximateNumberOfMessagesDelayed: String(delayed.length),
    CreatedTimestamp: String(Math.floor(queue.createdAt / 1000)),
    VisibilityTimeout: String(queue.visibilitySeconds),
    MessageRetentionPeriod: String(queue.retentionSeconds),
    DelaySeconds: String(queue.delaySeconds),
    ReceiveMessageWaitTimeSeconds: String(queue.waitSeconds),
    ...(queue.keyId === undefined ? {} : { KmsMasterKeyId: queue.keyId }),
    ...(queue.policy ? { Policy: JSON.stringify(queue.policy) } : {}),
    ...(redrive
      ? {
          RedrivePolicy: JSON.stringify({
            deadLetterTargetArn: redrive.deadLetterArn,
            maxReceiveCount: redrive.maxReceiveCount,
          }),
        }
      : {}),
  };
  const names = optionalList(input, 'AttributeNames') ?? [];
  return {
    Attributes: Object.fromEntries(
      Object.entries(all).filter(([name]) => names.includes('All') || names.includes(name)),
    ),
  };
};

const purgeQueue: Operation = (_, queue) => {
  queue.messages = [];
  return {};
};

/** The operations of SQS that the twin has, by name. */
export const operations: Readonly<Record<string, Operation>> = {
  SendMessage: sendMessage,
  ReceiveMessage: receiveMessage,
  DeleteMessage: deleteMessage,
  GetQueueAttributes: getQueueAttributes,
  GetQueueUrl: (_, queue) => ({ QueueUrl: queue.localUrl }),
  PurgeQueue: purgeQueue,
};
