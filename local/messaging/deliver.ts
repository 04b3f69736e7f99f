import type { KeyStore } from '../aws/kms/key-store.ts';
import type { Notification, Subscription } from '../aws/sns/topic.ts';
import type { Queue } from '../aws/sqs/queue.ts';
import { queueContext, queueQuestion } from '../aws/sqs/queue-questions.ts';
import type { Queues } from '../aws/sqs/queues.ts';
import type { World } from '../aws/world.ts';
import type { FunctionRegistry } from '../lambda/function-registry.ts';
import { mayInvoke } from '../lambda/may-invoke.ts';
import type { Principal } from '../types.ts';
import type { Asynchronous } from './asynchronous.ts';
import type { Email } from './messaging.ts';
import type { Permit } from './permit.ts';
import { type Source, serviceKeyQuestions } from './service-key.ts';
import { snsEnvelope, snsEvent } from './sns-event.ts';

export interface DeliveryParts {
  readonly world: World;
  readonly keys: KeyStore;
  readonly queues: Queues;
  readonly functions: FunctionRegistry;
  readonly asynchronous: Asynchronous;
  readonly permit: Permit;
  readonly email: (email: Email) => void;
  readonly tell: (line: string) => void;
}

/** What a service hands on to a function or queue, for one of its resources. */
export interface Handing {
  readonly source: Source;
  readonly body: string;
}

/** Gives an event to a function, if a permission of the function lets the service in. Says whether it was taken. */
export const handToFunction = (
  { functions, world, asynchronous, tell }: DeliveryParts,
  functionArn: string,
  { source, body }: Handing,
): boolean => {
  const target = functions.find(functionArn);
  const who: Principal = { kind: 'service', service: source.service, account: world.account };
  const context = { 'aws:SourceArn': source.arn, 'aws:SourceAccount': world.account };
  const decision = target && mayInvoke(target, who, 'lambda:InvokeFunction', context);
  if (target && decision?.allowed) asynchronous.accept(target, body);
  else tell(`${source.arn} does not reach ${functionArn}: ${decision?.reason ?? 'there is no such function'}`);
  return decision?.allowed ?? false;
};

/** Puts a message into a queue, if the queue's policy and its key's let the service. Says whether it is there. */
export const handToQueue = (
  { world, keys, queues, permit }: DeliveryParts,
  queue: Queue,
  { source, body }: Handing,
): boolean => {
  const principal: Principal = { kind: 'service', service: source.service, account: world.account };
  const key = queue.keyId === undefined ? undefined : keys.require(queue.keyId);
  const context = { 'aws:SourceArn': source.arn, 'aws:SourceAccount': world.account };
  const questions = () => [
    { ...queueQuestion('SendMessage', queue), context },
    ...(key ? serviceKeyQuestions(key, source, queueContext(queue), world) : []),
  ];
  const isAllowed = permit({ principal, service: 'sqs', operation: 'SendMessage', questions });
  if (isAllowed) queues.send(queue, { body, sender: source.service });
  return isAllowed;
};

/** Gives a notification to one subscriber; what it cannot give goes to the subscription's dead-letter queue. */
export const deliver = (parts: DeliveryParts, notification: Notification, subscription: Subscription): boolean => {
  const source = { service: 'sns.amazonaws.com', arn: notification.topicArn };
  const isDelivered = handOver(parts, notification, subscription, source);
  if (!isDelivered && subscription.deadLetterArn !== undefined) {
    const body = snsEnvelope(notification, subscription);
    handToQueue(parts, parts.queues.require(subscription.deadLetterArn), { source, body });
  }
  return isDelivered;
};

const handOver = (
  parts: DeliveryParts,
  notification: Notification,
  subscription: Subscription,
  source: Source,
): boolean => {
  const { protocol, endpoint, raw } = subscription;
  if (protocol === 'lambda') {
    return handToFunction(parts, endpoint, { source, body: JSON.stringify(snsEvent(notification, subscription)) });
  }
  if (protocol === 'sqs') {
    const body = raw ? notification.body : snsEnvelope(notification, subscription);
    return handToQueue(parts, parts.queues.require(endpoint), { source, body });
  }
  const { subject = 'AWS Notification Message', body, topicArn, at } = notification;
  parts.email({ to: endpoint, subject, body, topicArn, at });
  return true;
};
