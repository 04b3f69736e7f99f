import type { Contributor } from '../../watch/watch.ts';
import { AwsError } from '../aws-error.ts';
import { optionalNumber, optionalText, text } from '../fields.ts';
import { insightRuleArn } from './arns.ts';
import type { Operation } from './cloudwatch.ts';
import { refuseOthers, spansOf, timeRange, wrong } from './input.ts';

const known = ['RuleName', 'StartTime', 'EndTime', 'Period', 'MaxContributorCount', 'OrderBy'];
const contributorsMax = 100;

/**
 * The contributors of a rule, largest sum first, each with its data points.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetInsightRuleReport.html
 */
export const getInsightRuleReport: Operation = ({ input, gate }, room) => {
  const name = text(input, 'RuleName');
  gate({ action: 'cloudwatch:GetInsightRuleReport', resource: insightRuleArn(room, name) });
  refuseOthers(input, known);
  const range = timeRange(input);
  const period = optionalNumber(input, 'Period') ?? 0;
  if (period <= 0 || period % 60 !== 0) throw wrong('Period must be a multiple of 60.');
  const count = optionalNumber(input, 'MaxContributorCount') ?? 10;
  if (!Number.isInteger(count) || count < 1 || count > contributorsMax)
    throw wrong(`MaxContributorCount must be from 1 to ${contributorsMax}.`);
  const order = optionalText(input, 'OrderBy') ?? 'Sum';
  if (order !== 'Sum') throw wrong(`The local CloudWatch orders by Sum, not by ${order}.`);
  return () => {
    const spans = spansOf(range, period);
    const whole = { from: spans[0]?.from ?? range.from, to: spans.at(-1)?.to ?? range.to };
    const report = room.watch.report(name, whole);
    if (!report) throw new AwsError('ResourceNotFoundException', `There is no insight rule ${name}.`, 404);
    const points = spans.map(({ from, to }) => ({ from, values: byKeys(room.watch.report(name, { from, to })) }));
    return {
      KeyLabels: report.keyLabels,
      AggregationStatistic: report.aggregate === 'Sum' ? 'Sum' : 'SampleCount',
      AggregateValue: report.aggregateValue,
      ApproximateUniqueCount: report.uniqueContributors,
      Contributors: report.contributors.slice(0, count).map(({ keys, value }) => ({
        Keys: keys,
        ApproximateAggregateValue: value,
        Datapoints: points.flatMap(({ from, values }) => {
          const point = values.get(JSON.stringify(keys));
          return point === undefined ? [] : [{ Timestamp: from / 1000, ApproximateValue: point }];
        }),
      })),
    };
  };
};

const byKeys = (report: { readonly contributors: readonly Contributor[] } | undefined): ReadonlyMap<string, number> =>
  new Map(report?.contributors.map(({ keys, value }) => [JSON.stringify(keys), value]));
