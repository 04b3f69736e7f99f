import type { AlarmValue } from '../watch.ts';

export type MissingData = 'missing' | 'ignore' | 'breaching' | 'notBreaching';

export interface Rule {
  /** N: so many data points are evaluated. */
  readonly evaluationPeriods: number;
  /** M: so many of them must breach. */
  readonly datapointsToAlarm: number;
  readonly missing: MissingData;
}

/** The state that data points ask for: undefined keeps the state as it is. `filled` is how many had to be filled in. */
export interface Judgement {
  readonly value: AlarmValue | undefined;
  readonly filled: number;
}

/**
 * Judges the evaluation range, oldest first: true is a breaching data point, undefined a missing one. Real data points
 * come first, however old in the range; what is missing is filled in as seldom as possible.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export const judge = (range: readonly (boolean | undefined)[], rule: Rule): Judgement => {
  const { evaluationPeriods, datapointsToAlarm, missing } = rule;
  const real = range.filter((point) => point !== undefined).slice(-evaluationPeriods);
  const filled = evaluationPeriods - real.length;
  const breaching = real.filter(Boolean).length + (missing === 'breaching' ? filled : 0);
  if (breaching >= datapointsToAlarm) return { value: 'ALARM', filled };
  if (filled === 0 || missing === 'breaching' || missing === 'notBreaching' || real.includes(false))
    return { value: 'OK', filled };
  if (missing === 'ignore') return { value: undefined, filled };
  return { value: isOldEnough(range, datapointsToAlarm) ? 'ALARM' : 'INSUFFICIENT_DATA', filled };
};

/**
 * Too few data points to alarm, all of them breaching: they wait until the oldest is as old as M periods, so that one
 * late data point does not alarm too early.
 */
const isOldEnough = (range: readonly (boolean | undefined)[], datapointsToAlarm: number): boolean => {
  const oldest = range.indexOf(true);
  return oldest >= 0 && range.length - oldest >= datapointsToAlarm;
};
