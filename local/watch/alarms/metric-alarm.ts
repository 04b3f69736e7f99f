import type { Properties } from '../../aws/world.ts';
import type { Series, Span } from '../math/node.ts';
import { type Reader, readProperties } from '../properties.ts';
import { metricNode, type Query, readDimensions, readPeriod, readQueries, type Source } from '../queries.ts';
import type { Metric } from '../watch.ts';
import { type AlarmHead, headProperties, readHead } from './alarm-head.ts';
import { type Comparison, comparisons } from './comparison.ts';
import type { MissingData } from './judge.ts';

/** An alarm on a metric or an expression, as it was made. */
export interface MetricAlarm extends AlarmHead {
  readonly kind: 'metric';
  readonly periodSeconds: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly threshold: number;
  readonly comparison: Comparison;
  readonly missing: MissingData;
  /** What its message says of one metric … */
  readonly metric?: Metric & { readonly statistic: string };
  /** … or of several. */
  readonly queries?: readonly Query[];
  series(spans: readonly Span[]): Series;
}

const known = [
  ...headProperties,
  'ComparisonOperator',
  'DatapointsToAlarm',
  'Dimensions',
  'EvaluateLowSampleCountPercentile',
  'EvaluationPeriods',
  'ExtendedStatistic',
  'MetricName',
  'Metrics',
  'Namespace',
  'Period',
  'Statistic',
  'Threshold',
  'TreatMissingData',
];
const metricsMax = 10;
const daySeconds = 86_400;

/**
 * AWS::CloudWatch::Alarm with a static threshold. Throws `TwinError` for what CloudWatch would refuse and for what the
 * twin does not honour: high resolution, anomaly detection, units, actions other than topics.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
export const readMetricAlarm = (
  properties: Properties,
  source: Source,
  arnOf: (name: string) => string,
): MetricAlarm => {
  const reader = readProperties(`Alarm ${properties.AlarmName}`, properties, known);
  const evaluationPeriods = reader.whole('EvaluationPeriods', 1);
  const datapointsToAlarm = reader.whole('DatapointsToAlarm', 1, evaluationPeriods);
  if (datapointsToAlarm > evaluationPeriods) reader.refuse('DatapointsToAlarm is more than EvaluationPeriods');
  reader.oneOf('EvaluateLowSampleCountPercentile', ['evaluate'], 'evaluate');
  const watched = reader.has('Metrics') ? readMath(reader, source) : readMetric(reader, source);
  if (watched.periodSeconds * evaluationPeriods > daySeconds) reader.refuse('it looks back further than a day');
  const missing = reader.oneOf('TreatMissingData', ['missing', 'ignore', 'breaching', 'notBreaching'], 'missing');
  return {
    kind: 'metric',
    ...readHead(reader, arnOf),
    ...watched,
    evaluationPeriods,
    datapointsToAlarm,
    threshold: reader.number('Threshold'),
    comparison: reader.oneOf('ComparisonOperator', comparisons),
    missing: isOnDynamoDb(watched) ? 'ignore' : missing,
  };
};

type Watched = Pick<MetricAlarm, 'periodSeconds' | 'metric' | 'queries' | 'series'>;

/** Alarms on these metrics ignore missing data whatever they say, according to the API's reference. */
const isOnDynamoDb = ({ metric, queries = [] }: Watched): boolean =>
  [metric, ...queries.map((query) => query.metric)].some((each) => each?.namespace === 'AWS/DynamoDB');

const readMetric = (reader: Reader, source: Source): Watched => {
  const metric = {
    namespace: reader.text('Namespace'),
    name: reader.text('MetricName'),
    dimensions: readDimensions(reader),
  };
  if (reader.has('Statistic') === reader.has('ExtendedStatistic'))
    reader.refuse('it has either Statistic or ExtendedStatistic');
  const statistic = reader.has('Statistic')
    ? reader.oneOf('Statistic', ['SampleCount', 'Sum', 'Average', 'Minimum', 'Maximum'])
    : reader.text('ExtendedStatistic');
  const node = metricNode(reader, metric, statistic, source);
  return { metric: { ...metric, statistic }, periodSeconds: readPeriod(reader), series: (spans) => node.run(spans) };
};

const readMath = (reader: Reader, source: Source): Watched => {
  const single = ['MetricName', 'Namespace', 'Dimensions', 'Period', 'Statistic', 'ExtendedStatistic'];
  const both = single.find((name) => reader.has(name));
  if (both !== undefined) reader.refuse(`it has Metrics and ${both}`);
  const queries = readQueries(reader, 'Metrics', source);
  const results = queries.filter(({ returnsData }) => returnsData);
  const [result] = results;
  if (!result || results.length > 1) return reader.refuse('one of its metrics returns data');
  if (queries.filter(({ metric }) => metric).length > metricsMax) reader.refuse(`it has ${metricsMax} metrics at most`);
  if (queries.some(({ periodSeconds }) => periodSeconds !== result.periodSeconds))
    reader.refuse('its metrics have one period');
  if (!result.isSeries) reader.refuse(`${result.expression} is no series`);
  return { queries, periodSeconds: result.periodSeconds, series: result.series };
};
