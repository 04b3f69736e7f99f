import { AwsError } from '../aws-error.ts';
import { type Fields, optionalNumber, own } from '../fields.ts';

export const wrong = (message: string): AwsError => new AwsError('InvalidParameterValueException', message);

/** Refuses what the operation does not have here: it would be silently missing. */
export const refuseOthers = (input: Fields, known: readonly string[]): void => {
  const strange = Object.keys(input).find((name) => !known.includes(name) && own(input, name) !== undefined);
  if (strange !== undefined) throw wrong(`The local CloudWatch does not have the parameter ${strange}.`);
};

/** A time that must be there, in epoch milliseconds. */
export const time = (input: Fields, name: string): number => {
  const seconds = optionalNumber(input, name);
  if (seconds === undefined)
    throw new AwsError('MissingRequiredParameterException', `The parameter ${name} is required.`);
  return seconds * 1000;
};

/** A range that is not empty. */
export const timeRange = (input: Fields): { readonly from: number; readonly to: number } => {
  const range = { from: time(input, 'StartTime'), to: time(input, 'EndTime') };
  if (range.from >= range.to) throw wrong('The parameter StartTime must be less than the parameter EndTime.');
  return range;
};

/** Spans of a range, oldest first, each beginning at a multiple of the period. */
export const spansOf = (
  { from, to }: { readonly from: number; readonly to: number },
  periodSeconds: number,
): readonly { readonly from: number; readonly to: number }[] => {
  const length = periodSeconds * 1000;
  const spans: { from: number; to: number }[] = [];
  if ((to - from) / length > pointsMax) throw wrong(`More than ${pointsMax} data points are asked for.`);
  for (let at = Math.floor(from / length) * length; at < to; at += length) spans.push({ from: at, to: at + length });
  return spans;
};

const pointsMax = 10_000;
