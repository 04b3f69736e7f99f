import type { Span } from '../math/node.ts';
import { breaches, comparisonWords } from './comparison.ts';
import type { Judgement } from './judge.ts';
import type { MetricAlarm } from './metric-alarm.ts';

/** A data point that was there. */
export interface Datapoint {
  readonly at: number;
  readonly value: number;
}

/** Why an alarm is in its state, in CloudWatch's words. `real` are the data points that were judged, newest last. */
export const stateReason = (alarm: MetricAlarm, { value, filled }: Judgement, real: readonly Datapoint[]): string => {
  if (value === 'INSUFFICIENT_DATA')
    return `Insufficient Data: ${counted(filled, 'datapoint')} ${filled === 1 ? 'was' : 'were'} unknown.`;
  const treated = `${counted(filled, 'missing datapoint')} ${filled === 1 ? 'was' : 'were'} treated as [${treatments[alarm.missing]}]`;
  if (real.length === 0)
    return `Threshold Crossed: no datapoints were received for ${counted(alarm.evaluationPeriods, 'period')} and ${treated}.`;
  const isAlarm = value === 'ALARM';
  const told = real.filter((point) => isAlarm === breachesOf(alarm, point.value)).reverse();
  const points = told.map((point) => `${decimal(point.value)} (${dayAndTime(point.at)})`).join(', ');
  const verb = `${told.length === 1 ? 'was' : 'were'}${isAlarm ? '' : ' not'}`;
  const needed = isAlarm ? alarm.datapointsToAlarm : alarm.evaluationPeriods - alarm.datapointsToAlarm + 1;
  const arrow = isAlarm ? 'OK -> ALARM' : 'ALARM -> OK';
  return (
    `Threshold Crossed: ${told.length} out of the last ${alarm.evaluationPeriods} datapoints [${points}] ${verb} ` +
    `${comparisonWords[alarm.comparison]} the threshold (${decimal(alarm.threshold)}) ` +
    `${filled > 0 ? `and ${treated} ` : ''}(minimum ${counted(needed, 'datapoint')} for ${arrow} transition).`
  );
};

const breachesOf = (alarm: MetricAlarm, value: number): boolean => breaches(alarm.comparison, value, alarm.threshold);

const treatments = { breaching: 'Breaching', notBreaching: 'NonBreaching', missing: 'Missing', ignore: 'Ignore' };

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** 5 is 5.0, as Java writes it. */
export const decimal = (value: number): string => (Number.isInteger(value) ? `${value}.0` : String(value));

const dayAndTime = (at: number): string => {
  const [day = '', time = ''] = new Date(at).toISOString().split('T');
  return `${day.slice(2).split('-').reverse().join('/')} ${time.slice(0, 8)}`;
};

/** The beginning of a span is a data point's time. */
export const datapointsOf = (spans: readonly Span[], values: readonly (number | undefined)[]): readonly Datapoint[] =>
  spans.flatMap(({ from }, index) => {
    const value = values[index];
    return value === undefined ? [] : [{ at: from, value }];
  });
