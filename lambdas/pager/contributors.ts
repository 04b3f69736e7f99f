import { type CloudWatchClient, GetInsightRuleReportCommand } from '@aws-sdk/client-cloudwatch';
import type { PagedDetection } from '../kernel/paged-detection.ts';
import type { Contributors } from './page.ts';

export type AskContributors = (report: PagedDetection['reports'][number], at: number) => Promise<Contributors>;

const beforeMs = 15 * 60_000;
/** Lines arrive a little after what they tell of. */
const afterMs = 2 * 60_000;
const minuteMs = 60_000;

/**
 * Who is behind an alarm on a Contributor Insights rule, in the quarter of an hour before it: the alarm does not say.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetInsightRuleReport.html
 */
export const askContributors =
  (client: CloudWatchClient): AskContributors =>
  async ({ rule, counts, by }, at) => {
    const report = await client.send(
      new GetInsightRuleReportCommand({
        RuleName: rule,
        StartTime: new Date(Math.floor((at - beforeMs) / minuteMs) * minuteMs),
        EndTime: new Date(Math.ceil((at + afterMs) / minuteMs) * minuteMs),
        Period: 60,
        MaxContributorCount: 10,
        OrderBy: 'Sum',
      }),
    );
    return {
      counts,
      by,
      top: (report.Contributors ?? []).map(({ Keys = [], ApproximateAggregateValue = 0 }) => ({
        keys: Keys,
        value: ApproximateAggregateValue,
      })),
      total: report.AggregateValue ?? 0,
      unique: report.ApproximateUniqueCount ?? 0,
    };
  };
