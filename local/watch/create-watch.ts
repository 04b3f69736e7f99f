import { TwinError } from '../twin-error.ts';
import type { LogLine } from '../types.ts';
import { createAlarms } from './alarms/alarms.ts';
import { readCompositeAlarm } from './alarms/composite-alarm.ts';
import { readMetricAlarm } from './alarms/metric-alarm.ts';
import { putEmbeddedMetrics } from './embedded-metrics.ts';
import { createInsightRule, type InsightRule } from './insights/insight-rule.ts';
import { type Line, lineOf } from './line.ts';
import { createMetricFilter, type MetricFilter } from './metric-filter.ts';
import { createMetricStore, minuteMs } from './metric-store.ts';
import { minutesToEvaluate } from './minutes-to-evaluate.ts';
import { readProperties } from './properties.ts';
import { readQueries, type Source } from './queries.ts';
import type { Metric, Watch, WatchOptions } from './watch.ts';

/** What was measured is kept at least so long, and as long as an alarm looks back. */
const keptMs = 24 * 3_600_000;
/** So many lines and values wait to be read; one more, and they are read at once. Nothing is lost. */
const waitingMax = 10_000;

interface Measured {
  readonly metric: Metric;
  readonly at: number;
  readonly value: number;
}

/** CloudWatch of the twin. Lines are read after what wrote them has been answered, and before anything is evaluated. */
export const createWatch = ({ account, region, clock }: WatchOptions): Watch => {
  const store = createMetricStore();
  const filters: MetricFilter[] = [];
  const rules = new Map<string, InsightRule>();
  const alarms = createAlarms({ account, region });
  const source: Source = { store, contributions: (rule) => rules.get(rule)?.contributions };
  const arn = (rest: string): string => `arn:aws:cloudwatch:${region}:${account}:${rest}`;
  const alarmArn = (name: string): string => arn(`alarm:${name}`);
  let evaluatedAt = wholeMinute(clock.now());
  let waiting: (LogLine | Measured)[] = [];
  /** Minutes of the clock in which something came since the last evaluation. */
  const busy = new Set<number>();

  const read = (line: Line): void => {
    busy.add(wholeMinute(line.at));
    store.put(incoming(line.group), line.at, 1);
    putEmbeddedMetrics(line, store);
    for (const filter of filters) if (filter.group === line.group) filter.apply(line, store);
    for (const rule of rules.values()) if (rule.reads(line.group)) rule.apply(line);
  };
  const put = ({ metric, at, value }: Measured): void => {
    busy.add(wholeMinute(at));
    store.put(metric, at, value);
  };
  const readWaiting = (): void => {
    const lines = waiting;
    waiting = [];
    for (const each of lines) {
      if ('metric' in each) put(each);
      else read(lineOf(each));
    }
  };
  const wait = (each: LogLine | Measured): void => {
    if (waiting.push(each) === 1) setImmediate(readWaiting).unref();
    if (waiting.length > waitingMax) readWaiting();
  };
  const forget = (now: number): void => {
    const before = now - Math.max(keptMs, alarms.reachMs());
    store.forgetBefore(before);
    for (const { contributions } of rules.values()) contributions.forgetBefore(before);
  };

  return {
    logged: wait,
    measured: (metric, at, value) => wait({ metric, at, value }),
    addMetricFilter: (properties) => void filters.push(createMetricFilter(properties)),
    addInsightRule: (properties) => {
      const rule = createInsightRule(properties, (name) => arn(`insight-rule/${name}`));
      if (rules.has(rule.name)) throw new TwinError(`There are two insight rules ${rule.name}.`, 'Rename one.');
      rules.set(rule.name, rule);
      return { arn: rule.arn };
    },
    addAlarm: (properties) => {
      const alarm = readMetricAlarm(properties, source, alarmArn);
      alarms.add(alarm, clock.now());
      return { arn: alarm.arn };
    },
    addCompositeAlarm: (properties) => {
      const alarm = readCompositeAlarm(properties, alarms.nameOf, alarmArn);
      alarms.add(alarm, clock.now());
      return { arn: alarm.arn };
    },
    evaluate: () => {
      readWaiting();
      const now = wholeMinute(clock.now());
      const minutes = minutesToEvaluate({ last: evaluatedAt, now, busy }, alarms.reachMs());
      evaluatedAt = now;
      busy.clear();
      for (const minute of minutes) alarms.evaluateAt(minute);
      if (minutes.length > 0) forget(now);
    },
    alarms: alarms.states,
    descriptions: alarms.descriptions,
    setAlarmState: (name, value, reason) => alarms.set(name, value, reason, clock.now()),
    onChange: alarms.onChange,
    measurements: (namespace) => {
      readWaiting();
      return store.list(namespace);
    },
    query: (properties) => {
      readWaiting();
      return readQueries(readProperties('Metric data', properties, ['MetricDataQueries']), 'MetricDataQueries', source);
    },
    report: (name, { from, to }) => {
      readWaiting();
      const rule = rules.get(name);
      if (!rule) return undefined;
      const contributors = rule.contributions.within(from, to);
      return {
        keyLabels: rule.keyLabels,
        aggregate: rule.aggregate,
        contributors,
        uniqueContributors: contributors.length,
        aggregateValue: contributors.reduce((sum, { value }) => sum + value, 0),
      };
    },
  };
};

const wholeMinute = (at: number): number => Math.floor(at / minuteMs) * minuteMs;

/** Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch-Logs-Monitoring-CloudWatch-Metrics.html */
const incoming = (group: string) => ({
  namespace: 'AWS/Logs',
  name: 'IncomingLogEvents',
  dimensions: { LogGroupName: group },
});
