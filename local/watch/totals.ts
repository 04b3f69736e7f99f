/** What CloudWatch keeps of a metric's values in a span of time. Bounded, however many values there are. */
export interface Totals {
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  /** value → how often */
  readonly values: ReadonlyMap<number, number>;
}

export interface MutableTotals extends Totals {
  add(value: number): void;
  addAll(totals: Totals): void;
}

/** So many different values are kept exactly; further ones with three digits. Only percentiles notice. */
const exactValuesMax = 1000;

export const createTotals = (): MutableTotals => {
  const values = new Map<number, number>();
  const addMany = (value: number, times: number): void => {
    const kept = values.size < exactValuesMax || values.has(value) ? value : Number(value.toPrecision(3));
    values.set(kept, (values.get(kept) ?? 0) + times);
  };
  const totals = {
    count: 0,
    sum: 0,
    min: Number.POSITIVE_INFINITY,
    max: Number.NEGATIVE_INFINITY,
    values,
    add: (value: number): void => {
      totals.count += 1;
      totals.sum += value;
      totals.min = Math.min(totals.min, value);
      totals.max = Math.max(totals.max, value);
      addMany(value, 1);
    },
    addAll: (others: Totals): void => {
      totals.count += others.count;
      totals.sum += others.sum;
      totals.min = Math.min(totals.min, others.min);
      totals.max = Math.max(totals.max, others.max);
      for (const [value, times] of others.values) addMany(value, times);
    },
  };
  return totals;
};
