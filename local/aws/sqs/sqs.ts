import { AwsError, notBuilt } from '../aws-error.ts';
import { optionalText, text } from '../fields.ts';
import { jsonAnswer, jsonProtocol, type Protocol } from '../protocol.ts';
import type { Service, ServiceCall } from '../service.ts';
import { operations } from './operations.ts';
import type { Queue } from './queue.ts';
import { type QueueRoom, queueKeyQuestions, queueQuestion } from './queue-questions.ts';
import type { Queues } from './queues.ts';

/** Codes that SDK clients still know by the names of the older protocol.
 *  Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html */
const queryCodes: Readonly<Record<string, string>> = {
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  AccessDeniedException: 'AccessDenied',
  KmsAccessDenied: 'KMS.AccessDeniedException',
  KmsDisabled: 'KMS.DisabledException',
};

const plain = jsonProtocol('AmazonSQS', '1.0', () => 'com.amazonaws.sqs#');
const protocol: Protocol = {
  ...plain,
  error: (error, requestId) => {
    const answer = plain.error(error, requestId);
    const code = queryCodes[error.code] ?? error.code;
    return { ...answer, headers: { ...answer.headers, 'x-amzn-query-error': `${code};Sender` } };
  },
};

/** A missing queue is authorized by its name first, as on AWS, and missed afterwards. */
const queueOf = (call: ServiceCall, queues: Queues, { world }: QueueRoom): Queue => {
  const id = optionalText(call.input, 'QueueUrl') ?? text(call.input, 'QueueName');
  const queue = queues.find(id);
  if (queue) {
    call.gate(queueQuestion(call.operation, queue));
    return queue;
  }
  const resource = `arn:aws:sqs:${world.region}:${world.account}:${id.split('/').at(-1)}`;
  call.gate({ action: `sqs:${call.operation}`, resource });
  throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
};

const askForKey = (call: ServiceCall, queue: Queue, room: QueueRoom): void => {
  try {
    for (const question of queueKeyQuestions(call.operation, queue, room)) call.gate(question);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new AwsError(error.code === 'KMSDisabled' ? 'KmsDisabled' : 'KmsAccessDenied', error.message);
  }
};

/** SQS, standard queues: the queue's policy, the caller's policies and the queue's key decide. */
export const createSqs = (queues: Queues, room: QueueRoom): Service => ({
  name: 'sqs',
  protocol,
  throttled: () => new AwsError('RequestThrottled', 'The request was denied due to request throttling.'),
  authorize: (call) => {
    const operation = Object.hasOwn(operations, call.operation) ? operations[call.operation] : undefined;
    if (operation === undefined) throw notBuilt('SQS', call.operation);
    const queue = queueOf(call, queues, room);
    askForKey(call, queue, room);
    return async () => jsonAnswer(await operation(call, queue, queues), '1.0');
  },
});
