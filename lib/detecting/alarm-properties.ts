import type { CfnAlarmProps, CfnCompositeAlarmProps } from 'aws-cdk-lib/aws-cloudwatch';
import { alarmName } from '../names.ts';
import type { Stage } from '../stage.ts';
import type { Detection } from './detection.ts';
import { type GroupName, groupNames, groups } from './groups.ts';
import { membersOf, runbookOf } from './pager-table.ts';
import type { AlarmSignal, Measure, Metric } from './signal.ts';

type Queries = NonNullable<Exclude<CfnAlarmProps['metrics'], { resolve: unknown }>>;

/** Whether an alarm tells anybody by itself. Members of a group, and of a composite alarm, do not. */
interface Actions {
  readonly actionsEnabled: boolean;
  readonly alarmActions: string[];
  readonly okActions?: string[];
}

const actionsOf = (closes: Detection['closes'], topic: string): Actions => ({
  actionsEnabled: true,
  alarmActions: [topic],
  // What a person closes is not over when its alarm is: nobody needs to hear of that.
  ...(closes === 'itself' && { okActions: [topic] }),
});

/** What a person reads in the console, in the e-mail, and when the pager cannot help: at most 1,024 characters. */
export const describe = (stage: Stage, detection: Detection, impact: string = detection.impact): string =>
  [
    detection.title,
    `For customers: ${impact}`,
    `First: ${detection.firstCommand(stage)}`,
    `Runbook: ${runbookOf(stage, detection.name)}`,
  ].join('\n');

const dimensionsOf = ({ dimensions }: Metric) => Object.entries(dimensions).map(([name, value]) => ({ name, value }));

const queries = ({ metrics, expression }: Measure & { readonly expression: string }, period: number) =>
  [
    ...metrics.map((metric) => ({
      id: metric.id,
      metricStat: {
        metric: { namespace: metric.namespace, metricName: metric.name, dimensions: dimensionsOf(metric) },
        period,
        stat: metric.statistic,
      },
      returnData: false,
    })),
    // Metrics bring their period; a Contributor Insights rule has none of its own.
    { id: 'watched', expression, returnData: true, ...(metrics.length === 0 && { period }) },
  ] satisfies Queries;

const watched = (measure: Measure, period: number): Partial<CfnAlarmProps> => {
  const { expression } = measure;
  if (expression !== undefined) return { metrics: queries({ ...measure, expression }, period) };
  const [metric] = measure.metrics;
  if (!metric) throw new Error('A measure has a metric or an expression.');
  return {
    namespace: metric.namespace,
    metricName: metric.name,
    statistic: metric.statistic,
    period,
    ...(Object.keys(metric.dimensions).length > 0 && { dimensions: dimensionsOf(metric) }),
  };
};

const comparisons = {
  '>=': 'GreaterThanOrEqualToThreshold',
  '>': 'GreaterThanThreshold',
  '<': 'LessThanThreshold',
  '<=': 'LessThanOrEqualToThreshold',
} as const;

const isComposite = ({ measures }: AlarmSignal): boolean => measures.some(({ of }) => of !== undefined);

/** Of the alarm of one measure. */
export const measureAlarmName = (stage: Stage, { name }: Detection, { of }: Measure): string =>
  alarmName(stage, of === undefined ? name : `${name}-${of}`);

/** The metric alarms of a detection: one, or one for each of its measures. */
export const alarmsOf = (stage: Stage, detection: Detection, topic: string): readonly CfnAlarmProps[] => {
  const signal = detection.signal(stage);
  if (signal.by === 'event-rule') return [];
  const { when } = signal;
  const pages = detection.group === undefined && !isComposite(signal);
  return signal.measures.map((measure) => ({
    alarmName: measureAlarmName(stage, detection, measure),
    alarmDescription: describe(stage, detection, measure.impact),
    ...watched(measure, when.periodSeconds),
    comparisonOperator: comparisons[when.is],
    threshold: when.threshold,
    datapointsToAlarm: when.datapoints,
    evaluationPeriods: when.periods,
    treatMissingData: when.missing.as,
    ...(pages ? actionsOf(detection.closes, topic) : { actionsEnabled: false }),
  }));
};

const anyOf = (names: readonly string[]): string => names.map((name) => `ALARM("${name}")`).join(' OR ');

/** The composite alarm over the measures of a detection, where it has several. */
export const compositeOf = (stage: Stage, detection: Detection, topic: string): CfnCompositeAlarmProps | undefined => {
  const signal = detection.signal(stage);
  if (signal.by === 'event-rule' || !isComposite(signal)) return undefined;
  return {
    alarmName: alarmName(stage, detection.name),
    alarmDescription: describe(stage, detection),
    alarmRule: anyOf(signal.measures.map((measure) => measureAlarmName(stage, detection, measure))),
    ...(detection.group === undefined ? actionsOf(detection.closes, topic) : { actionsEnabled: false }),
  };
};

/** The composite alarm of a group: its members' alarms, one page. */
const groupAlarm = (stage: Stage, group: GroupName, topic: string): CfnCompositeAlarmProps => {
  const members = membersOf(group);
  const closes = members.every((member) => member.closes === 'itself') ? 'itself' : 'person';
  return {
    alarmName: alarmName(stage, group),
    alarmDescription: [groups[group], ...members.map(({ name }) => `${name}: ${runbookOf(stage, name)}`)].join('\n'),
    alarmRule: anyOf(members.map(({ name }) => alarmName(stage, name))),
    ...actionsOf(closes, topic),
  };
};

export const groupAlarms = (stage: Stage, topic: string): readonly CfnCompositeAlarmProps[] =>
  groupNames.map((group) => groupAlarm(stage, group, topic));
