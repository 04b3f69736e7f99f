import type { InsightRuleName } from './insight-rules.ts';

/** A metric and how the values of one period become one. */
export interface Metric {
  /** Its name in the expression. */
  readonly id: string;
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: 'Sum' | 'Maximum' | 'Average' | 'p99';
}

/** Counts the lines of a log group that match, one for each, in a metric of ours. */
export interface Filter {
  /** Of the log group `/ringfence/<stage>/<purpose>`. */
  readonly group: 'trail' | 'access';
  readonly namespace: string;
  readonly metric: string;
  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax-for-Metric-Filters.html */
  readonly pattern: string;
}

/** What one alarm compares: a metric, metric math over several, or the largest contributor of a rule. */
export interface Measure {
  /** Set where one detection has several alarms: which of them this is. Ends its alarm's name. */
  readonly of?: string;
  /** What customers lose by this one alarm, where it is known better than the detection knows. */
  readonly impact?: string;
  readonly metrics: readonly Metric[];
  readonly rule?: InsightRuleName;
  /** Metric math: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html */
  readonly expression?: string;
  /** The least and the most that it can be. Nothing is counted below 0; other bounds are the expression's. */
  readonly least: number;
  readonly most: number;
}

/** When an alarm goes off: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html */
export interface When {
  readonly periodSeconds: number;
  readonly is: '>=' | '>' | '<' | '<=';
  readonly threshold: number;
  /** That many … */
  readonly datapoints: number;
  /** … of so many periods. */
  readonly periods: number;
  /** What a period without data counts as, and why that is right here. */
  readonly missing: { readonly as: 'notBreaching' | 'breaching' | 'ignore' | 'missing'; readonly because: string };
}

/** Alarms on metrics. */
export interface AlarmSignal {
  readonly by: 'security-metric' | 'trail-filter' | 'access-filter' | 'contributors' | 'metrics';
  readonly filters: readonly Filter[];
  /** One alarm for each; a composite alarm over them where there are several. */
  readonly measures: readonly Measure[];
  readonly when: When;
}

/** A rule on the default event bus: seconds instead of minutes, for calls that are made in the home region. */
export interface EventSignal {
  readonly by: 'event-rule';
  /** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html */
  readonly pattern: Readonly<Record<string, unknown>>;
}

export type Signal = AlarmSignal | EventSignal;
