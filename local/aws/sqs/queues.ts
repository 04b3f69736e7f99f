import { randomUUID } from 'node:crypto';
import { parsePolicy } from '../../iam/parse-policy.ts';
import { TwinError } from '../../twin-error.ts';
import { list } from '../fields.ts';
import type { Created, Properties, World } from '../world.ts';
import type { Message, MessageAttributes, Queue } from './queue.ts';
import { queueProperties } from './queue-properties.ts';

/** What is sent: authorization is the sender's affair. */
export interface Sent {
  readonly body: string;
  readonly attributes?: MessageAttributes;
  /** Seconds until it can be received; the queue's when absent. */
  readonly delaySeconds?: number;
  /** Who sent it: a role's session or a service. */
  readonly sender: string;
}

/** The queues of the template. Messages live in memory; times are those of the twin's clock. */
export interface Queues {
  /** AWS::SQS::Queue. `QueueName` must be given. Ref is the URL; attributes Arn, QueueName, QueueUrl. */
  create(properties: Properties): Created;
  /** AWS::SQS::QueuePolicy. */
  addPolicy(properties: Properties): void;
  /** By URL, ARN or name. */
  find(id: string): Queue | undefined;
  /** The same, for the interpreter: throws one line when there is none. */
  require(id: string): Queue;
  all(): readonly Queue[];
  send(queue: Queue, sent: Sent): Message;
  /** Takes up to `max` visible messages out of sight; what was received too often goes to the dead-letter queue. */
  receive(queue: Queue, max: number, visibilitySeconds: number): readonly Message[];
  /** Messages that can be received now, and those out of sight; expired ones are dropped first. */
  state(queue: Queue): { readonly visible: readonly Message[]; readonly hidden: readonly Message[] };
}

/** @param endpointUrl where clients on this machine find SQS */
export const createQueues = (world: World, endpointUrl: string): Queues => {
  const byName = new Map<string, Queue>();
  const { clock, region, account } = world;
  const find = (id: string): Queue | undefined => byName.get(id.split(/[/:]/).at(-1) ?? '');
  const requireQueue = (id: string): Queue => {
    const queue = find(id);
    if (queue === undefined) throw new TwinError(`No queue ${id} in the template.`, 'Correct the stack.');
    return queue;
  };

  const dropExpired = (queue: Queue): void => {
    const before = clock.now() - queue.retentionSeconds * 1000;
    queue.messages = queue.messages.filter(({ sentAt }) => sentAt > before);
  };

  const taken = (queue: Queue, message: Message, visibilitySeconds: number): void => {
    message.receiveCount += 1;
    message.firstReceivedAt ??= clock.now();
    message.visibleAt = clock.now() + visibilitySeconds * 1000;
    message.receipt = Buffer.from(`${queue.name} ${message.id} ${randomUUID()}`).toString('base64');
  };

  /** Moves what was received too often; it keeps the time it was sent, as on AWS. */
  const redriven = (queue: Queue, message: Message): boolean => {
    const { redrive } = queue;
    if (redrive === undefined || message.receiveCount < redrive.maxReceiveCount) return false;
    queue.messages = queue.messages.filter((each) => each !== message);
    requireQueue(redrive.deadLetterArn).messages.push({ ...message, receiveCount: 0, visibleAt: clock.now() });
    return true;
  };

  const state = (queue: Queue) => {
    dropExpired(queue);
    const isVisible = ({ visibleAt }: Message) => visibleAt <= clock.now();
    return {
      visible: queue.messages.filter(isVisible),
      hidden: queue.messages.filter((message) => !isVisible(message)),
    };
  };

  return {
    find,
    require: requireQueue,
    all: () => [...byName.values()],
    state,
    create: (properties) => {
      const declared = queueProperties(properties);
      const { name, redrive } = declared;
      if (redrive) requireQueue(redrive.deadLetterArn);
      const arn = `arn:aws:sqs:${region}:${account}:${name}`;
      const url = `https://sqs.${region}.amazonaws.com/${account}/${name}`;
      const localUrl = `${endpointUrl}/${account}/${name}`;
      byName.set(name, { ...declared, arn, url, localUrl, createdAt: clock.now(), messages: [] });
      return { ref: url, attributes: { Arn: arn, QueueName: name, QueueUrl: url } };
    },
    addPolicy: (properties) => {
      for (const id of list(properties, 'Queues')) {
        const queue = requireQueue(String(id));
        queue.policy = parsePolicy(properties.PolicyDocument, `Queue ${queue.name}: PolicyDocument`, 'resource');
      }
    },
    send: (queue, { body, attributes = {}, sender, delaySeconds = queue.delaySeconds }) => {
      const sentAt = clock.now();
      const visibleAt = sentAt + delaySeconds * 1000;
      const message = { id: randomUUID(), body, attributes, sender, sentAt, visibleAt, receiveCount: 0 };
      queue.messages.push(message);
      return message;
    },
    receive: (queue, max, visibilitySeconds) => {
      const received = state(queue)
        .visible.filter((message) => !redriven(queue, message))
        .slice(0, max);
      for (const message of received) taken(queue, message, visibilitySeconds);
      return received.map((message) => ({ ...message }));
    },
  };
};
