import type { Compare } from './compare-text.ts';
import { unknown, verdictOf } from './verdict.ts';

type Order = (actual: number, wanted: number) => boolean;
type Read = (text: string) => number | undefined;

/** The comparisons of numbers. They take no policy variables. */
export const numeric = (order: Order): Compare => comparing(numberOf, order);

/**
 * The comparisons of dates, ISO 8601 with a time zone or epoch seconds. They take no policy variables.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
 */
export const dated = (order: Order): Compare => comparing(epochSecondsOf, order);

const comparing =
  (read: Read, order: Order): Compare =>
  (wanted, actual) => {
    const [left, right] = [read(actual), read(wanted.text)];
    if (left === undefined || right === undefined) return unknown(`"${actual}" and "${wanted.text}" do not compare`);
    const holds = order(left, right);
    return verdictOf(holds, `"${actual}" ${holds ? 'fits' : 'does not fit'} "${wanted.text}"`);
  };

const numberOf: Read = (text) => (/^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined);

const isoDate = /^\d{4}-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?$/;

const epochSecondsOf: Read = (text) => {
  // Four digits may be a year or a second of 1970; neither is guessed.
  if (/^\d{5,}$/.test(text)) return Number(text);
  const ms = isoDate.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms / 1000;
};
