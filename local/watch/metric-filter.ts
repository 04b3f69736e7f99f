import type { Properties } from '../aws/world.ts';
import type { Line } from './line.ts';
import type { MetricStore } from './metric-store.ts';
import { type FilterPattern, parseFilterPattern } from './patterns/filter-pattern.ts';
import { type Reader, readProperties } from './properties.ts';
import type { Metric } from './watch.ts';

/** Counts, or measures, the lines of one log group that match. */
export interface MetricFilter {
  readonly group: string;
  apply(line: Line, store: MetricStore): void;
}

const known = ['FilterName', 'FilterPattern', 'LogGroupName', 'MetricTransformations'];
const transformed = ['MetricName', 'MetricNamespace', 'MetricValue', 'DefaultValue', 'Dimensions', 'Unit'];
const dimensionsMax = 3;

/**
 * AWS::Logs::MetricFilter. Throws `TwinError` for a pattern, a value or dimensions that CloudWatch would refuse.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/MonitoringLogData.html
 */
export const createMetricFilter = (properties: Properties): MetricFilter => {
  const filter = readProperties(`Metric filter ${properties.FilterName ?? ''}`.trim(), properties, known);
  const pattern = parseFilterPattern(filter.text('FilterPattern'));
  const transformations = filter.list('MetricTransformations', transformed);
  const [transformation] = transformations;
  if (!transformation || transformations.length > 1) return filter.refuse('it has one metric transformation');
  const metricOf = parseMetric(transformation, pattern);
  const numberIn = parseValue(transformation, pattern);
  const otherwise = transformation.has('DefaultValue') ? transformation.number('DefaultValue') : undefined;
  const constant = metricOf.constant;
  if (otherwise !== undefined && !constant) transformation.refuse('a metric with dimensions has no DefaultValue');
  return {
    group: filter.text('LogGroupName'),
    apply: (line, store) => {
      if (pattern.matches(line)) {
        const metric = metricOf.read(line);
        const value = numberIn(line);
        if (metric && value !== undefined) store.put(metric, line.at, value);
      } else if (constant && otherwise !== undefined) store.putDefault(constant, line.at, otherwise);
    },
  };
};

/** A constant, or the number in a field of the line; a field without a number counts nothing. */
const parseValue = (transformation: Reader, pattern: FilterPattern): ((line: Line) => number | undefined) => {
  const text = String(transformation.raw('MetricValue') ?? '');
  const constant = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(constant)) return () => constant;
  const read = readerOf(transformation, pattern, text);
  return (line) => {
    const value = read(line);
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
  };
};

const readerOf = (transformation: Reader, pattern: FilterPattern, name: string): ((line: Line) => unknown) => {
  try {
    return pattern.reader(name);
  } catch (error) {
    return transformation.refuse(error instanceof Error ? error.message.replace(/\.$/, '') : String(error));
  }
};

/** Which metric a line counts in: none when it lacks a dimension. */
const parseMetric = (
  transformation: Reader,
  pattern: FilterPattern,
): { readonly constant?: Metric; readonly read: (line: Line) => Metric | undefined } => {
  const plain = {
    namespace: transformation.text('MetricNamespace'),
    name: transformation.text('MetricName'),
    dimensions: {},
  };
  if (plain.namespace.startsWith('AWS/'))
    transformation.refuse('a namespace that begins with AWS/ is for AWS services');
  const dimensions = transformation
    .list('Dimensions', ['Key', 'Value'])
    .map((each) => ({ key: each.text('Key'), read: readerOf(transformation, pattern, each.text('Value')) }));
  if (dimensions.length > dimensionsMax) transformation.refuse(`it has ${dimensionsMax} dimensions at most`);
  if (dimensions.length === 0) return { constant: plain, read: () => plain };
  return {
    read: (line) => {
      const values = dimensions.map(({ key, read }) => [key, read(line)] as const);
      const isValue = (value: unknown): boolean =>
        (typeof value === 'string' && value !== '') || typeof value === 'number';
      if (!values.every(([, value]) => isValue(value))) return undefined;
      return { ...plain, dimensions: Object.fromEntries(values.map(([key, value]) => [key, String(value)])) };
    },
  };
};
