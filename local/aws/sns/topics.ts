import { createHash } from 'node:crypto';
import { parsePolicy } from '../../iam/parse-policy.ts';
import { TwinError } from '../../twin-error.ts';
import { fieldsList, isFields, list, optionalText, own, text } from '../fields.ts';
import { onlyKnown } from '../only-known.ts';
import type { Created, Properties, World } from '../world.ts';
import type { Subscription, Topic } from './topic.ts';

/** The topics of the template. */
export interface Topics {
  /** AWS::SNS::Topic. `TopicName` must be given. Ref is the ARN; attributes TopicArn, TopicName. */
  create(properties: Properties): Created;
  /** AWS::SNS::TopicPolicy. */
  addPolicy(properties: Properties): void;
  /** AWS::SNS::Subscription. Confirmed at once: there is nobody here to confirm it. */
  subscribe(properties: Properties): Created;
  find(arn: string): Topic | undefined;
}

const topicProperties = ['TopicName', 'DisplayName', 'KmsMasterKeyId', 'Subscription', 'Tags'];
const subscriptionProperties = ['TopicArn', 'Protocol', 'Endpoint', 'RawMessageDelivery', 'RedrivePolicy', 'Region'];

export const createTopics = (world: World): Topics => {
  const byArn = new Map<string, Topic>();

  const requireTopic = (arn: string): Topic => {
    const topic = byArn.get(arn);
    if (topic === undefined) throw new TwinError(`No topic ${arn} in the template.`, 'Correct the stack.');
    return topic;
  };
  const subscribe = (properties: Properties): Created => {
    onlyKnown('A subscription', properties, subscriptionProperties);
    const topic = requireTopic(text(properties, 'TopicArn'));
    const subscription = subscriptionOf(topic, properties);
    topic.subscriptions.push(subscription);
    return { ref: subscription.arn, attributes: { Arn: subscription.arn } };
  };

  return {
    find: (arn) => byArn.get(arn),
    subscribe,
    create: (properties) => {
      const name = text(properties, 'TopicName');
      onlyKnown(`Topic ${name}`, properties, topicProperties);
      const arn = `arn:aws:sns:${world.region}:${world.account}:${name}`;
      const keyId = optionalText(properties, 'KmsMasterKeyId');
      byArn.set(arn, { name, arn, ...(keyId === undefined ? {} : { keyId }), subscriptions: [] });
      for (const subscription of fieldsList(properties, 'Subscription')) subscribe({ ...subscription, TopicArn: arn });
      return { ref: arn, attributes: { TopicArn: arn, TopicName: name } };
    },
    addPolicy: (properties) => {
      for (const arn of list(properties, 'Topics')) {
        const topic = requireTopic(String(arn));
        topic.policy = parsePolicy(properties.PolicyDocument, `Topic ${topic.name}: PolicyDocument`, 'resource');
      }
    },
  };
};

const isOn = (value: unknown): boolean => value === true || value === 'true';

const isProtocol = (value: string): value is Subscription['protocol'] => ['lambda', 'sqs', 'email'].includes(value);

const subscriptionOf = ({ arn, name }: Topic, properties: Properties): Subscription => {
  const [protocol, endpoint] = [text(properties, 'Protocol'), text(properties, 'Endpoint')];
  if (!isProtocol(protocol))
    throw new TwinError(
      `A subscription of topic ${name} has Protocol ${protocol}.`,
      'The twin has lambda, sqs and email.',
    );
  const redrive = own(properties, 'RedrivePolicy');
  const deadLetterArn = isFields(redrive) ? text(redrive, 'deadLetterTargetArn') : undefined;
  return {
    arn: `${arn}:${idOf(`${arn} ${protocol} ${endpoint}`)}`,
    protocol,
    endpoint,
    raw: isOn(properties.RawMessageDelivery),
    ...(deadLetterArn === undefined ? {} : { deadLetterArn }),
  };
};

/** In the shape of a UUID; the same at every start. */
const idOf = (text: string): string =>
  createHash('sha256')
    .update(text)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
