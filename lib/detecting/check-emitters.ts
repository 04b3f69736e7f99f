import { type SecurityMetric, securityMetrics } from '../../lambdas/functions.ts';
import { logGroupName } from '../names.ts';
import type { Stage } from '../stage.ts';
import { isGiven } from './check-alarm.ts';
import { isEmitted, isReported, type Sources } from './emitted.ts';
import { type InsightRuleName, insightRuleBody, insightRules } from './insight-rules.ts';
import type { AlarmSignal, Filter, Metric } from './signal.ts';
import { namespaces } from './signals.ts';

/** What there is to watch. */
export interface Watchable {
  readonly stage: Stage;
  readonly sources: Sources;
  /** Names of resources in the templates, by the dimension that AWS gives their metrics. */
  readonly named: Readonly<Record<string, ReadonlySet<string>>>;
  /** Fields of the access log. */
  readonly accessFields: ReadonlySet<string>;
  /** Every filter of every detection. */
  readonly filters: readonly Filter[];
}

/** What AWS services measure, as far as we watch it, and by which dimensions. */
const measuredByAws: Readonly<
  Record<string, { readonly metrics: readonly string[]; readonly dimensions: readonly string[] }>
> = {
  'AWS/ApiGateway': {
    metrics: ['Count', '4XXError', '5XXError', 'Latency', 'IntegrationLatency'],
    dimensions: ['ApiName', 'Stage'],
  },
  'AWS/Lambda': {
    metrics: ['Invocations', 'Errors', 'Throttles', 'Duration', 'IteratorAge'],
    dimensions: ['FunctionName'],
  },
  'AWS/SQS': {
    metrics: ['ApproximateNumberOfMessagesVisible', 'ApproximateAgeOfOldestMessage'],
    dimensions: ['QueueName'],
  },
  'AWS/Logs': { metrics: ['IncomingLogEvents', 'IncomingBytes'], dimensions: ['LogGroupName'] },
};

const nobody = (what: string, why: string) => `nobody emits ${what}: ${why}`;

const ofAws = ({ namespace, name, dimensions }: Metric, { named }: Watchable): readonly (string | false)[] => {
  const known = measuredByAws[namespace];
  const what = `${namespace} ${name}`;
  if (!known?.metrics.includes(name))
    return [nobody(what, 'lib/detecting/check-emitters.ts knows no such metric of AWS')];
  return [
    Object.keys(dimensions).sort().join() !== [...known.dimensions].sort().join() &&
      nobody(what, `expected the dimensions ${known.dimensions.join(' and ')}`),
    ...Object.entries(dimensions).map(
      ([dimension, value]) =>
        named[dimension]?.has(value) !== true && nobody(what, `the templates have no ${dimension} ${value}`),
    ),
  ];
};

const metricProblems = (metric: Metric, watchable: Watchable): readonly (string | false)[] => {
  const { namespace, name } = metric;
  if (namespace === namespaces.ours) {
    const isListed = Object.hasOwn(securityMetrics, name);
    return [
      !isListed && nobody(name, 'lambdas/kernel/security-event.ts has no such metric'),
      isListed &&
        !isEmitted(watchable.sources, name as SecurityMetric) &&
        nobody(name, 'no function reports an event that it counts'),
    ];
  }
  if (namespace === namespaces.account || namespace === namespaces.access)
    return [
      !watchable.filters.some((filter) => filter.namespace === namespace && filter.metric === name) &&
        nobody(`${namespace} ${name}`, 'no detection has a filter for it'),
    ];
  return ofAws(metric, watchable);
};

const hasGroup = ({ named }: Watchable, name: string): boolean => named.LogGroupName?.has(name) === true;

const fieldsIn = (text: string): readonly string[] =>
  [...text.matchAll(/\$\.([A-Za-z]+)/g)].map(([, field = '']) => field);

const accessProblems = (text: string, { accessFields }: Watchable): readonly (string | false)[] =>
  fieldsIn(text).map((field) => !accessFields.has(field) && nobody(field, 'the access log has no such field'));

const filterProblems = (filter: Filter, watchable: Watchable): readonly (string | false)[] => {
  const group = logGroupName(watchable.stage, filter.group);
  return [
    !hasGroup(watchable, group) && nobody(filter.metric, `the templates have no log group ${group}`),
    watchable.filters.some((other) => other.metric === filter.metric && other.pattern !== filter.pattern) &&
      `the metric ${filter.metric} is counted by two filters that differ`,
    ...(filter.group === 'access' ? accessProblems(filter.pattern, watchable) : []),
  ];
};

/** Of a Contributor Insights rule that a detection watches or reports. */
const ruleProblems = (name: InsightRuleName, watchable: Watchable): readonly (string | false)[] => {
  const { LogGroupNames, Contribution } = insightRuleBody(watchable.stage, name);
  const events = Contribution.Filters.flatMap(({ Match, In }) => (Match === '$.event' ? (In ?? []) : []));
  return [
    ...LogGroupNames.map(
      (group) => !hasGroup(watchable, group) && nobody(name, `the templates have no log group ${group}`),
    ),
    ...events.map((event) => !isReported(watchable.sources, event) && nobody(name, `no function reports ${event}`)),
    ...(insightRules[name].reads === 'access' ? accessProblems(JSON.stringify(Contribution), watchable) : []),
  ];
};

/** What a detection watches and nobody emits. */
export const emitterProblems = (
  { filters, measures }: AlarmSignal,
  reports: readonly InsightRuleName[],
  watchable: Watchable,
): readonly string[] => {
  const rules = new Set([...reports, ...measures.flatMap(({ rule }) => (rule ? [rule] : []))]);
  return [
    ...measures.flatMap(({ metrics }) => metrics).flatMap((metric) => metricProblems(metric, watchable)),
    ...filters.flatMap((filter) => filterProblems(filter, watchable)),
    ...[...rules].flatMap((rule) => ruleProblems(rule, watchable)),
  ].filter(isGiven);
};
