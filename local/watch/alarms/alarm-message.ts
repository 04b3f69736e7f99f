import type { Query } from '../queries.ts';
import type { AlarmValue, Metric } from '../watch.ts';
import type { AlarmHead } from './alarm-head.ts';
import type { CompositeAlarm } from './composite-alarm.ts';
import type { MetricAlarm } from './metric-alarm.ts';
import { regionName } from './region-names.ts';

export type Alarm = MetricAlarm | CompositeAlarm;

export interface Place {
  readonly account: string;
  readonly region: string;
}

export interface Transition {
  readonly from: AlarmValue;
  readonly to: AlarmValue;
  readonly at: number;
  readonly reason: string;
  /** When the alarm was made. */
  readonly madeAt: number;
  /** Of a composite alarm: the children that changed. */
  readonly children: readonly { readonly arn: string; readonly value: AlarmValue; readonly at: number }[];
}

type Message = Readonly<Record<string, unknown>>;

/**
 * What subscribers of a topic get when an alarm changes its state.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html
 */
export const alarmMessage = (alarm: Alarm, transition: Transition, place: Place): Message => ({
  AlarmName: alarm.name,
  AlarmDescription: alarm.description ?? null,
  AWSAccountId: place.account,
  ...(alarm.kind === 'metric' ? { AlarmConfigurationUpdatedTimestamp: timestamp(transition.madeAt) } : {}),
  NewStateValue: transition.to,
  NewStateReason: transition.reason,
  StateChangeTime: timestamp(transition.at),
  Region: regionName(place.region),
  AlarmArn: alarm.arn,
  OldStateValue: transition.from,
  ...actionsOf(alarm),
  ...(alarm.kind === 'metric' ? { Trigger: triggerOf(alarm) } : compositeOf(alarm, transition)),
});

const actionsOf = ({ actions }: AlarmHead): Message => ({
  OKActions: actions.OK,
  AlarmActions: actions.ALARM,
  InsufficientDataActions: actions.INSUFFICIENT_DATA,
});

const compositeOf = ({ ruleText }: CompositeAlarm, { children }: Transition): Message => ({
  AlarmRule: ruleText,
  TriggeringChildren: children.map(({ arn, value, at }) => ({
    Arn: arn,
    State: { Value: value, Timestamp: timestamp(at) },
  })),
});

const triggerOf = (alarm: MetricAlarm): Message => ({
  ...(alarm.metric ? metricTrigger(alarm.metric) : {}),
  Period: alarm.periodSeconds,
  EvaluationPeriods: alarm.evaluationPeriods,
  DatapointsToAlarm: alarm.datapointsToAlarm,
  ComparisonOperator: alarm.comparison,
  Threshold: alarm.threshold,
  TreatMissingData: alarm.properties.TreatMissingData ?? 'missing',
  EvaluateLowSampleCountPercentile: '',
  ...(alarm.queries ? { Metrics: alarm.queries.map(queryTrigger) } : {}),
});

const metricTrigger = (metric: Metric & { readonly statistic: string }): Message => ({
  MetricName: metric.name,
  Namespace: metric.namespace,
  ...(metric.statistic.startsWith('p')
    ? { StatisticType: 'ExtendedStatistic', ExtendedStatistic: metric.statistic }
    : { StatisticType: 'Statistic', Statistic: upperCase(metric.statistic) }),
  Unit: null,
  Dimensions: dimensionsOf(metric),
});

const queryTrigger = (query: Query): Message => ({
  Id: query.id,
  ...(query.metric
    ? {
        MetricStat: {
          Metric: {
            Dimensions: dimensionsOf(query.metric),
            MetricName: query.metric.name,
            Namespace: query.metric.namespace,
          },
          Period: query.periodSeconds,
          Stat: query.metric.statistic,
        },
      }
    : { Expression: query.expression, Label: query.label }),
  ReturnData: query.returnsData,
});

const dimensionsOf = ({ dimensions }: Metric) => Object.entries(dimensions).map(([name, value]) => ({ value, name }));

/** `SampleCount` is `SAMPLE_COUNT`. */
const upperCase = (statistic: string): string => statistic.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();

/** `2026-11-23T18:52:10.123+0000` */
export const timestamp = (at: number): string => new Date(at).toISOString().replace('Z', '+0000');
