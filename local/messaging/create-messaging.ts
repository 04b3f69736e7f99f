import { createSns } from '../aws/sns/sns.ts';
import { createTopics } from '../aws/sns/topics.ts';
import { createQueues } from '../aws/sqs/queues.ts';
import { createSqs } from '../aws/sqs/sqs.ts';
import type { Endpoint, World } from '../aws/world.ts';
import type { FunctionRegistry } from '../lambda/function-registry.ts';
import { type Asynchronous, createAsynchronous } from './asynchronous.ts';
import { createBurial } from './burial.ts';
import type { DeliveryParts } from './deliver.ts';
import { createRules } from './events/rules.ts';
import type { Email, Measured, Messaging } from './messaging.ts';
import { createPermit } from './permit.ts';
import { createPublishing } from './publishing.ts';
import { createQueueMetrics } from './queue-metrics.ts';

export interface MessagingOptions {
  readonly world: World;
  /** Gets the services SNS and SQS. */
  readonly endpoint: Endpoint;
  readonly functions: FunctionRegistry;
  /** `Watch.measured`. */
  readonly measured?: Measured;
  /** One line for what was refused, failed for good or would be sent; standard error when absent. */
  readonly tell?: (line: string) => void;
}

const tickEveryMs = 250;

/** SNS, SQS, EventBridge's rules and Lambda's asynchronous events, for the resources that will be added. */
export const createMessaging = (options: MessagingOptions): Messaging => {
  const { world, endpoint, functions, measured = () => {}, tell = console.error } = options;
  const { keys, credentials, calls, faults } = endpoint;
  const queues = createQueues(world, endpoint.url);
  const topics = createTopics(world);
  const permit = createPermit(world, calls, tell);
  const busy = createBusy();
  const bury = createBurial({ world, keys, credentials, queues, permit, measured, tell });
  const asynchronous: Asynchronous = createAsynchronous({
    ...{ clock: world.clock, functions, queues, bury },
    track: busy.track,
  });
  const emails: Email[] = [];
  const email = (each: Email): void => {
    emails.push(each);
    tell(`An e-mail would be sent to ${each.to}: ${each.subject}`);
  };
  const delivery: DeliveryParts = { world, keys, queues, functions, asynchronous, permit, email, tell };
  const publishing = createPublishing({ ...delivery, faults, measured });
  const rules = createRules({ ...delivery, topics, publishing, measured });
  const measureQueues = createQueueMetrics(queues, world.clock, measured);
  endpoint.addService(createSqs(queues, { world, keys }));
  endpoint.addService(createSns({ world, keys, topics, publish: publishing.publish }));

  const tick = (): void => {
    asynchronous.tick();
    publishing.tick();
    rules.tick();
    measureQueues();
  };
  const timer = setInterval(tick, tickEveryMs).unref();

  return {
    ...{ topics, queues, rules, asynchronous, emails, tick },
    publishAs: async (service, topicArn, { subject, body }, sourceArn) => {
      const topic = topics.find(topicArn);
      const message = { body, attributes: {}, ...(subject === undefined ? {} : { subject }) };
      if (topic) publishing.publishAs({ service, arn: sourceArn }, topic, message);
      else tell(`${sourceArn} publishes to ${topicArn}, which no stack has.`);
    },
    putEvent: async (event) => rules.put(event),
    settled: busy.settled,
    stop: () => clearInterval(timer),
  };
};

/** Work under way that a test waits for. */
const createBusy = () => {
  const busy = new Set<Promise<void>>();
  return {
    track: (work: Promise<void>): void => {
      busy.add(work);
      work.catch((error: unknown) => console.error('asynchronous invocation:', error)).finally(() => busy.delete(work));
    },
    settled: async (): Promise<void> => {
      while (busy.size > 0) await Promise.allSettled(busy);
    },
  };
};
