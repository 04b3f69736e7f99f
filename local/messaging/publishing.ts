import { randomUUID } from 'node:crypto';
import type { Published } from '../aws/sns/sns.ts';
import type { Notification, Topic } from '../aws/sns/topic.ts';
import { publishQuestion, topicContext } from '../aws/sns/topic-questions.ts';
import type { Faults } from '../aws/world.ts';
import type { Principal } from '../types.ts';
import { type DeliveryParts, deliver } from './deliver.ts';
import type { Measured } from './messaging.ts';
import { type Source, serviceKeyQuestions, sourceContext } from './service-key.ts';

export interface PublishingParts extends DeliveryParts {
  readonly faults: Faults;
  readonly measured: Measured;
}

/** The way of a message from a topic to its subscribers. */
export interface Publishing {
  /** Sends a message that was allowed to all subscribers, and gives its id. */
  publish(topic: Topic, message: Published): string;
  /** Publishes as a service, if the topic's policy and its key's let it. */
  publishAs(source: Source, topic: Topic, message: Published): boolean;
  /** Delivers what a fault delayed, when it is due. */
  tick(): void;
}

interface Delayed {
  readonly topic: Topic;
  readonly notification: Notification;
  readonly dueAt: number;
}

export const createPublishing = (parts: PublishingParts): Publishing => {
  const { world, keys, faults, permit, measured } = parts;
  let delayed: Delayed[] = [];
  const held = new Map<string, Notification[]>();

  const toAll = (topic: Topic, notification: Notification): void => {
    const counted = (name: string) =>
      measured({ namespace: 'AWS/SNS', name, dimensions: { TopicName: topic.name } }, world.clock.now(), 1);
    for (const subscription of topic.subscriptions) {
      const isDelivered = deliver(parts, notification, subscription);
      counted(isDelivered ? 'NumberOfNotificationsDelivered' : 'NumberOfNotificationsFailed');
    }
    const late = held.get(topic.arn) ?? [];
    held.delete(topic.arn);
    for (const each of late) toAll(topic, each);
  };

  const publish = (topic: Topic, message: Published): string => {
    const notification = {
      ...message,
      id: randomUUID(),
      topicArn: topic.arn,
      at: new Date(world.clock.now()).toISOString(),
    };
    const fault = faults.take('sns', 'Deliver');
    if (fault?.kind === 'deliver-after-next') held.set(topic.arn, [...(held.get(topic.arn) ?? []), notification]);
    else if (fault?.kind === 'delay')
      delayed.push({ topic, notification, dueAt: world.clock.now() + (fault.ms ?? 1000) });
    else toAll(topic, notification);
    if (fault?.kind === 'deliver-twice') toAll(topic, notification);
    return notification.id;
  };

  return {
    publish,
    publishAs: (source, topic, message) => {
      const principal: Principal = { kind: 'service', service: source.service, account: world.account };
      const key = topic.keyId === undefined ? undefined : keys.require(topic.keyId);
      const questions = () => [
        { ...publishQuestion(topic), context: sourceContext(source, world.account) },
        ...(key ? serviceKeyQuestions(key, source, topicContext(topic), world) : []),
      ];
      const isAllowed = permit({ principal, service: 'sns', operation: 'Publish', questions });
      if (isAllowed) publish(topic, message);
      return isAllowed;
    },
    tick: () => {
      const isDue = ({ dueAt }: Delayed) => dueAt <= world.clock.now();
      const due = delayed.filter(isDue);
      delayed = delayed.filter((each) => !isDue(each));
      for (const { topic, notification } of due) toAll(topic, notification);
    },
  };
};
