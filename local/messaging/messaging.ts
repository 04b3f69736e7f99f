import type { Topics } from '../aws/sns/topics.ts';
import type { Queues } from '../aws/sqs/queues.ts';
import type { JsonObject } from '../template/json.ts';
import type { Asynchronous } from './asynchronous.ts';
import type { Rules } from './events/rules.ts';

/** What other parts of the twin send through SNS and EventBridge. Policies of topic, queue, function and key decide. */
export interface Messaging {
  /**
   * Publishes to a topic as an AWS service does for one of its resources. A refusal by the topic's policy or its key is
   * told on standard error and in the calls journal, and loses the message, as on AWS.
   * @param service `cloudwatch.amazonaws.com`
   */
  publishAs(
    service: string,
    topicArn: string,
    message: { readonly subject?: string; readonly body: string },
    sourceArn: string,
  ): Promise<void>;
  /** An event on the default bus: matched against every rule. */
  putEvent(event: JsonObject): Promise<void>;
  /** The topics, queues, rules and asynchronous invocations of the template. */
  readonly topics: Topics;
  readonly queues: Queues;
  readonly rules: Rules;
  readonly asynchronous: Asynchronous;
  /** What would have been sent, oldest first. */
  readonly emails: readonly Email[];
  /**
   * Does what is due by the twin's clock: retries, delayed deliveries, schedules, the queues' metrics of every whole minute.
   * Runs by itself every few hundred milliseconds; who evaluates alarms calls it just before.
   */
  tick(): void;
  /** Resolves when no function is running for an asynchronous event; what waits for the clock is not waited for. */
  settled(): Promise<void>;
  stop(): void;
}

/** An e-mail that AWS would send. Nobody has to confirm the subscription here. */
export interface Email {
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  readonly topicArn: string;
  /** ISO 8601 */
  readonly at: string;
}

/** Takes a value that an AWS service measures: `Watch.measured`. */
export type Measured = (
  metric: {
    readonly namespace: string;
    readonly name: string;
    readonly dimensions: Readonly<Record<string, string>>;
  },
  at: number,
  value: number,
) => void;
