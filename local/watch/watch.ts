import type { Properties } from '../aws/world.ts';
import type { Clock, LogLine } from '../types.ts';
import type { Query } from './queries.ts';

/** A metric as CloudWatch knows it. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** A metric in the last minute in which something was measured. */
export interface Measurement {
  readonly metric: Metric;
  /** Epoch milliseconds of its beginning. */
  readonly minute: number;
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
}

export type AlarmValue = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** A change of an alarm's state, with what CloudWatch tells its actions: the JSON that SNS subscribers get. */
export interface AlarmChange {
  readonly alarmName: string;
  readonly alarmArn: string;
  readonly from: AlarmValue;
  readonly to: AlarmValue;
  /** Epoch milliseconds by the twin's clock. */
  readonly at: number;
  readonly reason: string;
  /** ARNs of AlarmActions, OKActions or InsufficientDataActions, whichever the new state has; empty when switched off. */
  readonly actions: readonly string[];
  /** The message to those actions, as CloudWatch writes it. */
  readonly message: Readonly<Record<string, unknown>>;
}

export interface AlarmState {
  readonly name: string;
  readonly arn: string;
  readonly value: AlarmValue;
  readonly reason: string;
  /** Epoch milliseconds. */
  readonly since: number;
}

/** An alarm as it was made, and its state. */
export interface AlarmDescription {
  readonly kind: 'metric' | 'composite';
  /** Of the resource. */
  readonly properties: Properties;
  readonly state: AlarmState;
}

/** One contributor of a Contributor Insights rule in a time range. */
export interface Contributor {
  readonly keys: readonly string[];
  readonly value: number;
}

export interface InsightReport {
  readonly keyLabels: readonly string[];
  readonly aggregate: 'Count' | 'Sum';
  /** Largest first. */
  readonly contributors: readonly Contributor[];
  readonly uniqueContributors: number;
  readonly aggregateValue: number;
}

/**
 * CloudWatch: metrics, embedded metrics, metric filters, Contributor Insights, alarms. Properties are those of the
 * CloudFormation resource, intrinsics resolved; one that is not honoured throws.
 */
export interface Watch {
  /** A line that reached a log group. */
  logged(line: LogLine): void;
  /** A value that an AWS service measures: AWS/Lambda Errors … */
  measured(metric: Metric, at: number, value: number): void;
  addMetricFilter(properties: Properties): void;
  addInsightRule(properties: Properties): { readonly arn: string };
  addAlarm(properties: Properties): { readonly arn: string };
  addCompositeAlarm(properties: Properties): { readonly arn: string };
  /**
   * Evaluates all alarms at every whole minute of the clock since the last time, oldest first. Called every second. After
   * a jump of the clock over days, minutes are left out at which nothing can change.
   */
  evaluate(): void;
  alarms(): readonly AlarmState[];
  descriptions(): readonly AlarmDescription[];
  /** Sets a state by hand, with its actions, until the next evaluation. Throws `TwinError` for an unknown alarm. */
  setAlarmState(name: string, value: AlarmValue, reason: string): void;
  /** Every metric, or those of a namespace, as of its last minute. */
  measurements(namespace?: string): readonly Measurement[];
  /** Reads `MetricDataQueries`, ready to be asked for spans of time. Throws `TwinError` for what is wrong. */
  query(properties: Properties): readonly Query[];
  report(rule: string, range: { readonly from: number; readonly to: number }): InsightReport | undefined;
  /** Calls back for each change of an alarm's state. */
  onChange(listener: (change: AlarmChange) => void): void;
}

export interface WatchOptions {
  readonly account: string;
  readonly region: string;
  readonly clock: Clock;
}
