import { minuteMs } from '../metric-store.ts';
import { createTotals, type MutableTotals } from '../totals.ts';
import type { Contributor } from '../watch.ts';

/** What a rule counted, minute by minute and contributor by contributor. Times are epoch milliseconds. */
export interface Contributions {
  add(keys: readonly string[], at: number, amount: number): void;
  /** Contributors of the minutes from `from` to before `to`, largest first. */
  within(from: number, to: number): readonly Contributor[];
  /** A metric of the rule in that span; undefined when nothing was counted. */
  metric(name: InsightMetric, from: number, to: number): number | undefined;
  forgetBefore(at: number): void;
}

/** Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/ContributorInsights-GraphReportData.html */
export const insightMetrics = [
  'UniqueContributors',
  'MaxContributorValue',
  'SampleCount',
  'Sum',
  'Minimum',
  'Maximum',
  'Average',
] as const;
export type InsightMetric = (typeof insightMetrics)[number];

interface Minute {
  readonly totals: MutableTotals;
  /** keys as JSON → value */
  readonly values: Map<string, number>;
}

/** Bounds for a flood of contributors: of one minute, and of all minutes together. */
const minuteMax = 10_000;
const allMax = 100_000;

export const createContributions = (rule: string): Contributions => {
  const minutes = new Map<number, Minute>();
  let kept = 0;
  let isTold = false;

  const forget = (minute: number): void => {
    kept -= minutes.get(minute)?.values.size ?? 0;
    minutes.delete(minute);
  };
  const minuteAt = (at: number): Minute => {
    const number = Math.floor(at / minuteMs);
    const made = minutes.get(number) ?? { totals: createTotals(), values: new Map<string, number>() };
    minutes.set(number, made);
    return made;
  };
  const spanOf = (from: number, to: number): readonly Minute[] => {
    if (minutes.size === 0) return [];
    const found: Minute[] = [];
    for (let number = Math.floor(from / minuteMs); number < to / minuteMs; number += 1) {
      const minute = minutes.get(number);
      if (minute) found.push(minute);
    }
    return found;
  };
  const valuesWithin = (from: number, to: number): ReadonlyMap<string, number> => {
    const found = spanOf(from, to);
    const [only] = found;
    if (only && found.length === 1) return only.values;
    const values = new Map<string, number>();
    for (const minute of found)
      for (const [keys, value] of minute.values) values.set(keys, (values.get(keys) ?? 0) + value);
    return values;
  };

  return {
    add: (keys, at, amount) => {
      const { values, totals } = minuteAt(at);
      totals.add(amount);
      const id = JSON.stringify(keys);
      const before = values.get(id);
      if (before === undefined && values.size >= minuteMax) {
        if (!isTold) console.error(`CloudWatch: ${rule} has more than ${minuteMax} contributors in a minute.`);
        isTold = true;
        return;
      }
      values.set(id, (before ?? 0) + amount);
      if (before === undefined) kept += 1;
      for (const oldest of minutes.keys()) {
        if (kept <= allMax) break;
        forget(oldest);
      }
    },
    within: (from, to) =>
      [...valuesWithin(from, to)]
        .map(([keys, value]) => ({ keys: JSON.parse(keys) as readonly string[], value }))
        .sort((left, right) => right.value - left.value),
    metric: (name, from, to) => {
      const found = spanOf(from, to);
      if (found.length === 0) return undefined;
      if (name === 'UniqueContributors') return valuesWithin(from, to).size;
      if (name === 'MaxContributorValue') {
        let most = Number.NEGATIVE_INFINITY;
        for (const value of valuesWithin(from, to).values()) most = Math.max(most, value);
        return most;
      }
      const totals = createTotals();
      for (const minute of found) totals.addAll(minute.totals);
      const { count, sum, min, max } = totals;
      return { SampleCount: count, Sum: sum, Minimum: min, Maximum: max, Average: sum / count }[name];
    },
    forgetBefore: (at) => {
      for (const minute of minutes.keys()) if (minute < at / minuteMs) forget(minute);
    },
  };
};
