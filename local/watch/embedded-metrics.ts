import type { Line } from './line.ts';
import type { MetricStore } from './metric-store.ts';

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listAt = (fields: Fields, name: string): readonly unknown[] => {
  const value = fields[name];
  return Array.isArray(value) ? value : [];
};

/** What CloudWatch takes: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html */
const oldestMs = 14 * 24 * 3_600_000;
const newestMs = 2 * 3_600_000;
const valuesMax = 100;
const dimensionsMax = 30;
const metricsMax = 100;

/**
 * Puts the embedded metrics of a line. What does not follow the specification is ignored, as on AWS: the whole line
 * without a time, a dimension set or metric whose field the line does not have or has as something else.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export const putEmbeddedMetrics = (line: Line, store: MetricStore): void => {
  if (!line.message.includes('"CloudWatchMetrics"')) return;
  const event = line.json();
  const header = event?._aws;
  if (!event || !isFields(header)) return;
  const at = header.Timestamp;
  if (typeof at !== 'number' || at < line.at - oldestMs || at > line.at + newestMs) return;
  for (const directive of listAt(header, 'CloudWatchMetrics')) {
    if (isFields(directive)) putDirective(directive, event, at, store);
  }
};

const putDirective = (directive: Fields, event: Fields, at: number, store: MetricStore): void => {
  const namespace = directive.Namespace;
  if (typeof namespace !== 'string' || namespace === '') return;
  const sets = listAt(directive, 'Dimensions').flatMap((set) => dimensionsOf(set, event));
  for (const definition of listAt(directive, 'Metrics').slice(0, metricsMax)) {
    const name = isFields(definition) ? definition.Name : undefined;
    if (typeof name !== 'string') continue;
    for (const dimensions of sets)
      for (const value of valuesOf(event[name])) store.put({ namespace, name, dimensions }, at, value);
  }
};

/** None when one of its dimensions is missing, or no text. An empty set is a metric without dimensions. */
const dimensionsOf = (set: unknown, event: Fields): readonly Readonly<Record<string, string>>[] => {
  if (!Array.isArray(set) || set.length > dimensionsMax) return [];
  const entries = set.map((name) => [String(name), event[String(name)]] as const);
  return entries.every((entry): entry is readonly [string, string] => typeof entry[1] === 'string')
    ? [Object.fromEntries(entries)]
    : [];
};

const valuesOf = (value: unknown): readonly number[] => {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  const isNumber = (each: unknown): each is number => typeof each === 'number';
  return values.length <= valuesMax && values.every(isNumber) ? values : [];
};
