import { AwsError, notBuilt } from '../aws-error.ts';
import { type Fields, optionalText, text } from '../fields.ts';
import type { KeyStore } from '../kms/key-store.ts';
import { type Protocol, queryProtocol, xmlAnswer } from '../protocol.ts';
import type { Service, ServiceCall } from '../service.ts';
import type { World } from '../world.ts';
import type { Notification, Topic } from './topic.ts';
import { publishKeyQuestions, publishQuestion } from './topic-questions.ts';
import type { Topics } from './topics.ts';

const namespace = 'http://sns.amazonaws.com/doc/2010-03-31/';

/** SNS calls some errors by names of its own.
 *  Source: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
const codes: Readonly<Record<string, readonly [code: string, status: number]>> = {
  AccessDeniedException: ['AuthorizationError', 403],
  ValidationException: ['InvalidParameter', 400],
};

const plain = queryProtocol(namespace);
const protocol: Protocol = {
  ...plain,
  error: (error, requestId) => {
    const [code, status] = codes[error.code] ?? [error.code, error.status];
    return plain.error(new AwsError(code, error.message, status), requestId);
  },
};

export type Published = Pick<Notification, 'subject' | 'body' | 'attributes'>;

export interface SnsRoom {
  readonly world: World;
  readonly keys: KeyStore;
  readonly topics: Topics;
  /** Sends a message on its way to the subscribers, and gives its id. */
  readonly publish: (topic: Topic, message: Published) => string;
}

const messageBytesMax = 256 * 1024;

const messageOf = (input: Fields): Published => {
  const body = text(input, 'Message');
  const subject = optionalText(input, 'Subject');
  if (body === '' || Buffer.byteLength(body) > messageBytesMax)
    throw new AwsError('InvalidParameter', 'Invalid parameter: Message: 1 to 262144 bytes');
  if (subject !== undefined && !/^[ -~]{1,100}$/.test(subject))
    throw new AwsError('InvalidParameter', 'Invalid parameter: Subject: 1 to 100 printable ASCII characters');
  if (input.MessageStructure !== undefined)
    throw new AwsError('InvalidParameter', 'The local SNS does not have MessageStructure.');
  return { body, attributes: attributesOf(input), ...(subject === undefined ? {} : { subject }) };
};

const attributesOf = (input: Fields): Notification['attributes'] => {
  const found: [string, { Type: string; Value: string }][] = [];
  for (let at = 1; ; at += 1) {
    const entry = `MessageAttributes.entry.${at}`;
    const name = optionalText(input, `${entry}.Name`);
    if (name === undefined) return Object.fromEntries(found);
    const Value =
      optionalText(input, `${entry}.Value.StringValue`) ?? optionalText(input, `${entry}.Value.BinaryValue`);
    found.push([name, { Type: text(input, `${entry}.Value.DataType`), Value: Value ?? '' }]);
  }
};

/** Publish: the topic's policy, the caller's policies and the topic's key decide. */
const authorizePublish = (call: ServiceCall, { topics, keys, world, publish }: SnsRoom): (() => Fields) => {
  const arn = optionalText(call.input, 'TopicArn') ?? text(call.input, 'TargetArn');
  const topic = topics.find(arn);
  if (topic === undefined) {
    call.gate({ action: 'sns:Publish', resource: arn });
    throw new AwsError('NotFound', 'Topic does not exist', 404);
  }
  call.gate(publishQuestion(topic));
  try {
    for (const question of publishKeyQuestions(topic, keys, world)) call.gate(question);
  } catch (error) {
    if (!(error instanceof AwsError) || error.code === 'KMSDisabled') throw error;
    throw new AwsError('KMSAccessDenied', error.message);
  }
  return () => ({ MessageId: publish(topic, messageOf(call.input)) });
};

/** SNS, standard topics. */
export const createSns = (room: SnsRoom): Service => ({
  name: 'sns',
  protocol,
  throttled: () => new AwsError('Throttled', 'Rate exceeded', 429),
  authorize: (call) => {
    if (call.operation !== 'Publish') throw notBuilt('SNS', call.operation);
    const run = authorizePublish(call, room);
    return () => xmlAnswer(namespace, call.operation, call.requestId, run());
  },
});
