import { TwinError } from '../../twin-error.ts';
import type { Query } from '../../watch/queries.ts';
import { type Fields, optionalText } from '../fields.ts';
import type { Operation, Room } from './cloudwatch.ts';
import { refuseOthers, spansOf, timeRange, wrong } from './input.ts';

const known = ['MetricDataQueries', 'StartTime', 'EndTime', 'ScanBy'];

/**
 * Values of metrics and expressions, newest first unless asked otherwise. No pages.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 */
export const getMetricData: Operation = ({ input, gate }, room) => {
  gate({ action: 'cloudwatch:GetMetricData', resource: '*' });
  refuseOthers(input, known);
  const range = timeRange(input);
  const isAscending = optionalText(input, 'ScanBy') === 'TimestampAscending';
  return () => ({
    Messages: [],
    MetricDataResults: queriesOf(input, room)
      .filter(({ returnsData }) => returnsData)
      .map((query) => resultOf(query, range, isAscending)),
  });
};

const queriesOf = (input: Fields, { watch }: Room): readonly Query[] => {
  try {
    return watch.query({ MetricDataQueries: input.MetricDataQueries });
  } catch (error) {
    throw error instanceof TwinError ? wrong(error.message) : error;
  }
};

const resultOf = (query: Query, range: Parameters<typeof spansOf>[0], isAscending: boolean): Fields => {
  const spans = spansOf(range, query.periodSeconds);
  const values = query.series(spans);
  const points = spans.flatMap(({ from }, index) => {
    const value = values[index];
    return value === undefined ? [] : [{ at: from / 1000, value }];
  });
  if (!isAscending) points.reverse();
  return {
    Id: query.id,
    Label: query.label,
    Timestamps: points.map(({ at }) => at),
    Values: points.map(({ value }) => value),
    StatusCode: 'Complete',
  };
};
