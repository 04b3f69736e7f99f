import type { Occurrence } from '../../../lib/detecting/sample.ts';
import { alarmName } from '../../../lib/names.ts';
import type { Stage } from '../../../lib/stage.ts';
import { matchesPattern } from '../../../local/messaging/events/matches-pattern.ts';
import type { JsonObject } from '../../../local/template/json.ts';
import { createWatch } from '../../../local/watch/create-watch.ts';
import { type Resource, resourcesOf, templatesOf } from '../synthesized.ts';
import { linesOf } from './lines-of.ts';

/** A whole hour, so that periods begin where histories do; tests begin them elsewhere too. */
export const start = Date.parse('2026-11-23T10:00:00Z');
const minuteMs = 60_000;

/** The synthesized detections of a stage, evaluated as AWS would; time moves with what happens. */
export interface Stand {
  /** Lets things happen in order, each at its second after `from`, alarms evaluated at every whole minute. */
  play(happens: readonly Occurrence[], from?: number): void;
  /** Lets time pass, so that every period is over. */
  wait(seconds: number): void;
  /** Names of detections and groups that were in alarm, or whose event rule matched, at any moment. */
  fired(): ReadonlySet<string>;
}

const topic = 'arn:aws:sns:us-east-1:000000000000:alarms';

/** References to the topic and to function names are all that these resources have. */
const resolved = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(resolved);
  if (typeof value !== 'object' || value === null) return value;
  if ('Ref' in value) return topic;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, resolved(inner)]));
};

type Add = (properties: Readonly<Record<string, unknown>>) => unknown;

/** CloudTrail's delivery to the event bus: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html */
const busEvent = (record: Readonly<Record<string, unknown>>): JsonObject =>
  ({
    version: '0',
    'detail-type': 'AWS API Call via CloudTrail',
    source: `aws.${String(record.eventSource).split('.')[0]}`,
    detail: record,
  }) as JsonObject;

/**
 * @param isWanted which alarms are evaluated, by the names of detections and groups; all, where nothing is said. Those
 * that a composite alarm holds must be among them.
 */
export const openStand = (stage: Stage, isWanted: (name: string) => boolean = () => true): Stand => {
  let now = start;
  const clock = {
    now: () => now,
    advance: (ms: number) => {
      now += ms;
    },
  };
  const watch = createWatch({ account: stage.account, region: stage.region, clock });
  const fired = new Set<string>();
  const prefix = alarmName(stage, '').length;
  watch.onChange(({ alarmName: name, to }) => to === 'ALARM' && fired.add(name.slice(prefix)));
  const { detection } = templatesOf(stage.name);
  const each = (type: string, add: Add) => {
    for (const { Properties } of resourcesOf(detection, type))
      if (Properties.AlarmName === undefined || isWanted(Properties.AlarmName.slice(prefix)))
        add(resolved(Properties) as Resource['Properties']);
  };
  each('AWS::Logs::MetricFilter', (properties) => watch.addMetricFilter(properties));
  each('AWS::CloudWatch::InsightRule', (properties) => watch.addInsightRule(properties));
  each('AWS::CloudWatch::Alarm', (properties) => watch.addAlarm(properties));
  each('AWS::CloudWatch::CompositeAlarm', (properties) => watch.addCompositeAlarm(properties));
  const rules = resourcesOf(detection, 'AWS::Events::Rule').map(({ Properties }) => Properties);
  const happened = (what: Occurrence): void => {
    if ('measured' in what) {
      const { value, ...metric } = what.measured;
      watch.measured(metric, now, value);
      return;
    }
    for (const line of linesOf(stage, what, now)) watch.logged(line);
    if ('trail' in what && what.trail.managementEvent === true)
      for (const { Name, EventPattern } of rules)
        if (matchesPattern(EventPattern, busEvent(what.trail))) fired.add(Name.slice(prefix));
  };
  const until = (at: number): void => {
    while (Math.floor(now / minuteMs) < Math.floor(at / minuteMs)) {
      now = (Math.floor(now / minuteMs) + 1) * minuteMs;
      watch.evaluate();
    }
    now = Math.max(now, at);
  };
  watch.evaluate();
  return {
    play: (happens, from = now) => {
      for (const one of [...happens].sort((a, b) => a.atSeconds - b.atSeconds)) {
        until(from + one.atSeconds * 1000);
        happened(one);
      }
    },
    wait: (seconds) => until(now + seconds * 1000),
    fired: () => fired,
  };
};
