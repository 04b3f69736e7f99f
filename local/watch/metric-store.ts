import { createTotals, type MutableTotals, type Totals } from './totals.ts';
import type { Measurement, Metric } from './watch.ts';

/** Metrics minute by minute. Times are epoch milliseconds; a span begins with `from` and ends before `to`. */
export interface MetricStore {
  put(metric: Metric, at: number, value: number): void;
  /** Stands in a minute until something is put into it. */
  putDefault(metric: Metric, at: number, value: number): void;
  /** What was measured in a span of whole minutes; undefined for nothing. */
  read(key: MetricKey, from: number, to: number): Totals | undefined;
  /** The last minute of every metric, of a namespace where one is named. */
  list(namespace?: string): readonly Measurement[];
  forgetBefore(at: number): void;
}

/** A metric is its namespace, its name and exactly its dimensions. */
export type MetricKey = string & { readonly metricKey: true };

export const keyOf = ({ namespace, name, dimensions }: Metric): MetricKey =>
  JSON.stringify([
    namespace,
    name,
    Object.entries(dimensions).sort(([left], [right]) => (left < right ? -1 : 1)),
  ]) as MetricKey;

export const minuteMs = 60_000;

/** A bound for templates that write a dimension's values from what callers send. Further metrics are told and dropped. */
const metricsMax = 10_000;

interface Minute {
  readonly totals: MutableTotals;
  readonly isDefault: boolean;
}

interface Series {
  readonly metric: Metric;
  readonly minutes: Map<number, Minute>;
}

export const createMetricStore = (): MetricStore => {
  const all = new Map<MetricKey, Series>();
  let isFull = false;

  const seriesOf = (metric: Metric): Series | undefined => {
    const key = keyOf(metric);
    const known = all.get(key);
    if (known) return known;
    if (all.size >= metricsMax) {
      if (!isFull)
        console.error(
          `CloudWatch: more than ${metricsMax} metrics; ${metric.namespace} ${metric.name} and further ones are dropped.`,
        );
      isFull = true;
      return undefined;
    }
    const made = { metric, minutes: new Map<number, Minute>() };
    all.set(key, made);
    return made;
  };
  const add = (metric: Metric, at: number, value: number, isDefault: boolean): void => {
    const minutes = seriesOf(metric)?.minutes;
    if (!minutes || !Number.isFinite(value)) return;
    const minute = Math.floor(at / minuteMs);
    const there = minutes.get(minute);
    if (there && isDefault) return;
    const kept = there && !there.isDefault ? there : { totals: createTotals(), isDefault };
    minutes.set(minute, kept);
    kept.totals.add(value);
  };

  return {
    put: (metric, at, value) => add(metric, at, value, false),
    putDefault: (metric, at, value) => add(metric, at, value, true),
    read: (key, from, to) => {
      const minutes = all.get(key)?.minutes;
      if (!minutes || minutes.size === 0) return undefined;
      const found: Totals[] = [];
      for (let minute = from / minuteMs; minute < to / minuteMs; minute += 1) {
        const there = minutes.get(minute);
        if (there) found.push(there.totals);
      }
      if (found.length < 2) return found[0];
      const sum = createTotals();
      for (const totals of found) sum.addAll(totals);
      return sum;
    },
    list: (namespace) =>
      [...all.values()]
        .filter(({ metric }) => namespace === undefined || metric.namespace === namespace)
        .flatMap(({ metric, minutes }) => {
          const last = Math.max(...minutes.keys());
          const totals = minutes.get(last)?.totals;
          if (!totals) return [];
          const { count, sum, min, max } = totals;
          return [{ metric, minute: last * minuteMs, count, sum, min, max }];
        }),
    forgetBefore: (at) => {
      for (const [key, { minutes }] of all) {
        for (const minute of minutes.keys()) if (minute < at / minuteMs) minutes.delete(minute);
        if (minutes.size === 0) all.delete(key);
      }
      isFull = all.size >= metricsMax;
    },
  };
};
