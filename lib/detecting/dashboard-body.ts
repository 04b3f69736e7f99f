import { functions, type SecurityMetric, securityMetrics } from '../../lambdas/functions.ts';
import { leavesDeadLetters } from '../constructs/paging-grants.ts';
import { detections } from '../detections/index.ts';
import { alarmName, deadLetterQueueName, insightRuleName } from '../names.ts';
import type { Stage } from '../stage.ts';
import type { Detection } from './detection.ts';
import { groupNames } from './groups.ts';
import { type InsightRuleName, insightRules } from './insight-rules.ts';
import { linesIn, ofApi, ofFunction, waitingIn } from './metrics.ts';
import { runbookOf } from './pager-table.ts';
import type { Metric } from './signal.ts';
import { namespaces } from './signals.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
interface Widget {
  readonly type: 'alarm' | 'metric' | 'text';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: Readonly<Record<string, unknown>>;
}
type Placed = Pick<Widget, 'x' | 'y' | 'width' | 'height'>;

/** A row of twenty-four columns, shared evenly. */
const row = (y: number, height: number, ...widgets: readonly Omit<Widget, keyof Placed>[]): readonly Widget[] => {
  const width = Math.floor(24 / widgets.length);
  return widgets.map((widget, n) => ({ ...widget, x: n * width, y, width, height }));
};

const line = ({ namespace, name, dimensions, statistic }: Metric, label: string): readonly unknown[] => [
  namespace,
  name,
  ...Object.entries(dimensions).flat(),
  { stat: statistic, label },
];

const graph = (stage: Stage, title: string, metrics: readonly (readonly unknown[])[], periodSeconds = 60) => ({
  type: 'metric' as const,
  properties: { title, view: 'timeSeries', region: stage.region, period: periodSeconds, metrics },
});

const contributors = (stage: Stage, title: string, rule: InsightRuleName) => ({
  type: 'metric' as const,
  properties: {
    title,
    view: 'timeSeries',
    region: stage.region,
    period: 300,
    insightRule: { maxContributorCount: 10, orderBy: 'Sum', ruleName: insightRuleName(stage, rule) },
    legend: { position: 'right' },
  },
});

/** Alarms only: an event rule has no state to show. */
const hasAlarm = (stage: Stage) => (detection: Detection) => detection.signal(stage).by !== 'event-rule';

const alarms = (stage: Stage, title: string, names: readonly string[]) => ({
  type: 'alarm' as const,
  properties: {
    title,
    sortBy: 'stateUpdatedTimestamp',
    alarms: names.map((name) => `arn:aws:cloudwatch:${stage.region}:${stage.account}:alarm:${alarmName(stage, name)}`),
  },
});

const bySeverity = (stage: Stage) =>
  (['critical', 'error', 'warning'] as const).map((severity) =>
    alarms(
      stage,
      severity,
      detections.filter((one) => one.severity === severity && hasAlarm(stage)(one)).map(({ name }) => name),
    ),
  );

const ofFunctions = (stage: Stage, name: 'Errors' | 'Duration', statistic: Metric['statistic']) =>
  functions.map((spec) => line(ofFunction(stage, 'm', spec, name, statistic), spec.name));

const ours = (names: readonly SecurityMetric[]) =>
  names.map((name) => [namespaces.ours, name, { stat: 'Sum', label: securityMetrics[name].means }]);

const authorizer = { name: 'authorizer' };

const runbooks = (stage: Stage) => ({
  type: 'text' as const,
  properties: {
    markdown: [
      '## Runbooks',
      ...detections.map(({ name, severity, title }) => `- [${name}](${runbookOf(stage, name)}), ${severity}: ${title}`),
    ].join('\n'),
  },
});

/** Top to bottom in the order of an on-call's questions: what fires, is it us, is it an attack, is the evidence safe. */
export const dashboardBody = (stage: Stage): readonly Widget[] => [
  ...row(0, 4, ...bySeverity(stage), alarms(stage, 'one cause, many alarms', groupNames)),
  ...row(
    4,
    6,
    graph(stage, 'Calls', [
      line(ofApi(stage, 'm', 'Count'), 'all'),
      line(ofApi(stage, 'm', '4XXError'), 'refused (4xx)'),
      line(ofApi(stage, 'm', '5XXError'), 'failed (5xx)'),
    ]),
    graph(stage, 'How long calls take, ms', [
      line(ofApi(stage, 'm', 'Latency', 'Average'), 'average'),
      line(ofApi(stage, 'm', 'Latency', 'p99'), '99 of 100'),
    ]),
    graph(stage, 'Authorizer', [
      line(ofFunction(stage, 'm', authorizer, 'Invocations'), 'asked'),
      line(ofFunction(stage, 'm', authorizer, 'Throttles'), 'too few instances'),
      [namespaces.access, 'AuthorizerFailed', { stat: 'Sum', label: 'failed' }],
    ]),
    contributors(stage, 'Who is hurt: failed calls by tenant', 'failed-calls-by-tenant'),
  ),
  ...row(
    10,
    6,
    graph(stage, "Errors of functions (the authorizer's are refused tokens)", ofFunctions(stage, 'Errors', 'Sum')),
    graph(stage, 'Longest run of functions, ms', ofFunctions(stage, 'Duration', 'Maximum')),
    graph(stage, 'What functions could not foresee', ours(['InternalError', 'DeadlineExceeded', 'ColdStart'])),
  ),
  ...row(
    16,
    6,
    ...(
      [
        'authentication-failures-by-reason',
        'authentication-failures-by-address',
        'authentication-failures-by-tenant',
        'refusals-by-principal',
      ] as const
    ).map((rule) => contributors(stage, `${insightRules[rule].counts} by ${insightRules[rule].by.join(', ')}`, rule)),
  ),
  ...row(
    22,
    6,
    graph(
      stage,
      'Security events',
      ours(['TenantBoundaryTouched', 'AssertionRefused', 'RevokedCredentialUsed', 'AuditEventChanged']),
    ),
    graph(stage, 'The trail: lines recorded', [line(linesIn(stage, 'm', 'trail'), 'lines')], 300),
    graph(
      stage,
      'Dead letters',
      functions
        .filter(leavesDeadLetters)
        .map((spec) => line(waitingIn('m', deadLetterQueueName(stage, spec)), spec.name)),
    ),
    contributors(stage, 'AWS calls refused, by identity', 'calls-refused-by-aws'),
  ),
  ...row(28, 14, runbooks(stage)),
];
