import { randomUUID } from 'node:crypto';
import type { Topics } from '../../aws/sns/topics.ts';
import type { Created, World } from '../../aws/world.ts';
import { isObject, type JsonObject } from '../../template/json.ts';
import { type DeliveryParts, handToFunction, handToQueue } from '../deliver.ts';
import type { Measured } from '../messaging.ts';
import type { Publishing } from '../publishing.ts';
import { PatternError } from './pattern-error.ts';
import { type Rule, ruleOf, type Target } from './rule.ts';

/** The rules of the default event bus. */
export interface Rules {
  /** AWS::Events::Rule. `Name` must be given. Ref is the name; attribute Arn. */
  create(properties: JsonObject): Created;
  /** Gives an event to the targets of every rule that it fits. */
  put(event: JsonObject): void;
  /** Fires schedules that are due: once, however far the clock was moved. */
  tick(): void;
}

export interface RulesParts extends DeliveryParts {
  readonly topics: Topics;
  readonly publishing: Publishing;
  readonly measured: Measured;
}

/** Management events that only read reach the rules that ask for them, as on AWS.
 *  Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html */
const isRead = (event: JsonObject): boolean =>
  event['detail-type'] === 'AWS API Call via CloudTrail' && isObject(event.detail) && event.detail.readOnly === true;

export const createRules = (parts: RulesParts): Rules => {
  const { world, measured, tell } = parts;
  const rules: Rule[] = [];
  const nextAt = new Map<Rule, number>();

  const hand = (rule: Rule, target: Target, event: JsonObject): boolean => {
    const source = { service: 'events.amazonaws.com', arn: rule.arn };
    const body = target.input(event, { name: rule.name, arn: rule.arn, now: world.clock.now() });
    if (target.arn.startsWith('arn:aws:lambda:')) return handToFunction(parts, target.arn, { source, body });
    if (target.arn.startsWith('arn:aws:sqs:'))
      return handToQueue(parts, parts.queues.require(target.arn), { source, body });
    const topic = parts.topics.find(target.arn);
    return topic !== undefined && parts.publishing.publishAs(source, topic, { body, attributes: {} });
  };

  /** A target that cannot be reached does not keep the others from the event. */
  const fire = (rule: Rule, event: JsonObject): void => {
    const counted = (name: string) =>
      measured({ namespace: 'AWS/Events', name, dimensions: { RuleName: rule.name } }, world.clock.now(), 1);
    for (const target of rule.targets) {
      counted('Invocations');
      if (!attempted(rule, target, () => hand(rule, target, event))) counted('FailedInvocations');
    }
  };

  const attempted = (rule: Rule, target: Target, work: () => boolean): boolean => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof PatternError)) throw error;
      tell(`rule ${rule.name} does not reach ${target.arn}: ${error.message}`);
      return false;
    }
  };

  return {
    create: (properties) => {
      const name = String(properties.Name);
      const arn = `arn:aws:events:${world.region}:${world.account}:rule/${name}`;
      const rule = ruleOf(name, arn, properties);
      rules.push(rule);
      if (rule.periodMs !== undefined) nextAt.set(rule, world.clock.now() + rule.periodMs);
      return { ref: name, attributes: { Arn: arn } };
    },
    put: (event) => {
      const fits = ({ enabled, seesReads, pattern }: Rule) =>
        enabled && (seesReads || !isRead(event)) && pattern?.(event) === true;
      for (const rule of rules.filter(fits)) fire(rule, event);
    },
    tick: () => {
      const now = world.clock.now();
      for (const [rule, dueAt] of nextAt) {
        const period = rule.periodMs ?? 0;
        if (now < dueAt) continue;
        nextAt.set(rule, dueAt + period * (Math.floor((now - dueAt) / period) + 1));
        if (rule.enabled) fire(rule, scheduledEvent(rule, world, now));
      }
    },
  };
};

const scheduledEvent = ({ arn }: Rule, { account, region }: World, now: number): JsonObject => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account,
  time: `${new Date(now).toISOString().slice(0, 19)}Z`,
  region,
  resources: [arn],
  detail: {},
});
