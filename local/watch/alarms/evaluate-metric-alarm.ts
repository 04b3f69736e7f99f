import type { Span } from '../math/node.ts';
import type { AlarmValue } from '../watch.ts';
import { breaches } from './comparison.ts';
import { judge } from './judge.ts';
import type { MetricAlarm } from './metric-alarm.ts';
import { datapointsOf, stateReason } from './state-reason.ts';

/** CloudWatch looks at more than the periods it evaluates, and does not say at how many: its examples have two more. */
const extraPeriods = 2;

export const reachMs = ({ evaluationPeriods, periodSeconds }: MetricAlarm): number =>
  (evaluationPeriods + extraPeriods) * periodSeconds * 1000;

/**
 * Judges an alarm as at a whole minute, over periods that end there: they roll with every minute, as CloudWatch's do.
 * `value` is undefined when the state stays as it is.
 */
export const evaluateMetricAlarm = (
  alarm: MetricAlarm,
  at: number,
): { readonly value: AlarmValue | undefined; readonly reason: string } => {
  const spans = spansBefore(at, alarm);
  const values = alarm.series(spans);
  const range = values.map((value) =>
    value === undefined ? undefined : breaches(alarm.comparison, value, alarm.threshold),
  );
  const judgement = judge(range, alarm);
  const real = datapointsOf(spans, values).slice(-alarm.evaluationPeriods);
  return { value: judgement.value, reason: judgement.value ? stateReason(alarm, judgement, real) : '' };
};

/** Oldest first. */
const spansBefore = (at: number, { evaluationPeriods, periodSeconds }: MetricAlarm): readonly Span[] => {
  const length = periodSeconds * 1000;
  return Array.from({ length: evaluationPeriods + extraPeriods }, (_, index) => {
    const to = at - (evaluationPeriods + extraPeriods - 1 - index) * length;
    return { from: to - length, to };
  });
};
