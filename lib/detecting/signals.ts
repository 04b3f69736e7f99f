import type { SecurityMetric } from '../../lambdas/functions.ts';
import { insightRuleName, logGroupName, pascal } from '../names.ts';
import type { Stage } from '../stage.ts';
import type { InsightRuleName } from './insight-rules.ts';
import type { AlarmSignal, Filter, Metric, Signal, When } from './signal.ts';

/** The metrics of our own code, and those that we count from log groups. */
export const namespaces = { ours: 'Ringfence', account: 'Ringfence/Account', access: 'Ringfence/Access' } as const;

const unbounded = { least: 0, most: Number.POSITIVE_INFINITY };

const counted = (namespace: string, name: string): Metric => ({
  id: 'counted',
  namespace,
  name,
  dimensions: {},
  statistic: 'Sum',
});

/** Nothing is written where nothing happens: a period without data is a quiet one. */
export const quiet: When['missing'] = {
  as: 'notBreaching',
  because: 'nothing is counted while nothing happens, so no data is good news',
};

/** At the first: one in a minute is enough. */
export const atTheFirst: When = {
  periodSeconds: 60,
  is: '>=',
  threshold: 1,
  datapoints: 1,
  periods: 1,
  missing: quiet,
};

/** So many in so many seconds. */
export const atLeast = (threshold: number, periodSeconds: number): When => ({
  ...atTheFirst,
  threshold,
  periodSeconds,
});

/** A metric that our functions write when they report a security event. */
export const countsSecurityEvents = (metric: SecurityMetric, when: When): AlarmSignal => ({
  by: 'security-metric',
  filters: [],
  measures: [{ metrics: [counted(namespaces.ours, metric)], ...unbounded }],
  when,
});

const filters = (by: AlarmSignal['by'], filter: Filter, when: When): AlarmSignal => ({
  by,
  filters: [filter],
  measures: [{ metrics: [counted(filter.namespace, filter.metric)], ...unbounded }],
  when,
});

/** Counts matching records of the trail, under the name of the detection. */
export const filtersTrail = (name: string, pattern: string, when: When = atTheFirst): AlarmSignal =>
  filters('trail-filter', { group: 'trail', namespace: namespaces.account, metric: pascal(name), pattern }, when);

/** Counts matching lines of the access log. */
export const accessFilter = (metric: string, pattern: string): Filter => ({
  group: 'access',
  namespace: namespaces.access,
  metric,
  pattern,
});

export const filtersAccessLog = (metric: string, pattern: string, when: When): AlarmSignal =>
  filters('access-filter', accessFilter(metric, pattern), when);

/** The largest contributor of a Contributor Insights rule.
 *  Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/ContributorInsights-GraphReportData.html */
export const watchesTopContributor = (stage: Stage, rule: InsightRuleName, when: When): AlarmSignal => ({
  by: 'contributors',
  filters: [],
  measures: [
    {
      metrics: [],
      rule,
      expression: `INSIGHT_RULE_METRIC("${insightRuleName(stage, rule)}", "MaxContributorValue")`,
      ...unbounded,
    },
  ],
  when,
});

/** Metrics of AWS services, and those of `filters`, by metric math. */
export const watchesMetrics = (
  measures: AlarmSignal['measures'],
  when: When,
  filters: readonly Filter[] = [],
): AlarmSignal => ({ by: 'metrics', filters, measures, when });

/** An event on the default bus. */
export const matchesEvents = (pattern: Readonly<Record<string, unknown>>): Signal => ({ by: 'event-rule', pattern });

/** Where a filter counts. */
export const groupOf = (stage: Stage, { group }: Filter): string => logGroupName(stage, group);
