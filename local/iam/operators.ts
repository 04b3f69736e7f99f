import { inRange } from './compare-address.ts';
import { sameBytes } from './compare-binary.ts';
import { dated, numeric } from './compare-order.ts';
import { arnLike, type Compare, equals, equalsIgnoringCase, isBool, like } from './compare-text.ts';

/** How an operator compares. A negated one holds when the comparison does not, and when the key is absent. */
export interface Operator {
  readonly compare: Compare;
  readonly negated: boolean;
}

const plain = (compare: Compare): Operator => ({ compare, negated: false });
const inverse = (compare: Compare): Operator => ({ compare, negated: true });

const same = (actual: number, wanted: number) => actual === wanted;
const less = (actual: number, wanted: number) => actual < wanted;
const lessOrSame = (actual: number, wanted: number) => actual <= wanted;
const more = (actual: number, wanted: number) => actual > wanted;
const moreOrSame = (actual: number, wanted: number) => actual >= wanted;

/**
 * Every condition operator but `Null`, by its exact name.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export const operators: ReadonlyMap<string, Operator> = new Map([
  ['StringEquals', plain(equals)],
  ['StringNotEquals', inverse(equals)],
  ['StringEqualsIgnoreCase', plain(equalsIgnoringCase)],
  ['StringNotEqualsIgnoreCase', inverse(equalsIgnoringCase)],
  ['StringLike', plain(like)],
  ['StringNotLike', inverse(like)],
  ['NumericEquals', plain(numeric(same))],
  ['NumericNotEquals', inverse(numeric(same))],
  ['NumericLessThan', plain(numeric(less))],
  ['NumericLessThanEquals', plain(numeric(lessOrSame))],
  ['NumericGreaterThan', plain(numeric(more))],
  ['NumericGreaterThanEquals', plain(numeric(moreOrSame))],
  ['DateEquals', plain(dated(same))],
  ['DateNotEquals', inverse(dated(same))],
  ['DateLessThan', plain(dated(less))],
  ['DateLessThanEquals', plain(dated(lessOrSame))],
  ['DateGreaterThan', plain(dated(more))],
  ['DateGreaterThanEquals', plain(dated(moreOrSame))],
  ['Bool', plain(isBool)],
  ['BinaryEquals', plain(sameBytes)],
  ['IpAddress', plain(inRange)],
  ['NotIpAddress', inverse(inRange)],
  // AWS: ArnEquals and ArnLike behave identically.
  ['ArnEquals', plain(arnLike)],
  ['ArnLike', plain(arnLike)],
  ['ArnNotEquals', inverse(arnLike)],
  ['ArnNotLike', inverse(arnLike)],
]);
