import type { Totals } from './totals.ts';

/** One number for the values of a span of time. */
export type Statistic = (totals: Totals) => number;

const plain: Readonly<Record<string, Statistic>> = {
  SampleCount: ({ count }) => count,
  Sum: ({ sum }) => sum,
  Average: ({ sum, count }) => sum / count,
  Minimum: ({ min }) => min,
  Maximum: ({ max }) => max,
};

/**
 * `Sum`, `Average`, `Minimum`, `Maximum`, `SampleCount` or a percentile, `p0` to `p100`; undefined for another one.
 * A percentile is the smallest value that as many percent of all values do not exceed.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
 */
export const parseStatistic = (name: string): Statistic | undefined => {
  if (Object.hasOwn(plain, name)) return plain[name];
  const percent = /^p(\d{1,3}(?:\.\d{1,10})?)$/.exec(name)?.[1];
  return percent === undefined || Number(percent) > 100 ? undefined : percentile(Number(percent));
};

const percentile =
  (percent: number): Statistic =>
  ({ values, count }) => {
    const rank = Math.max(1, Math.ceil((percent / 100) * count));
    let seen = 0;
    for (const [value, times] of [...values].sort(([left], [right]) => left - right)) {
      seen += times;
      if (seen >= rank) return value;
    }
    return Number.NaN;
  };
