import type { Compare } from './compare-text.ts';
import { unknown, verdictOf } from './verdict.ts';

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * Whether two values in base64 are the same bytes.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_BinaryEquals
 */
export const sameBytes: Compare = (wanted, actual) => {
  if (!base64.test(wanted.text) || !base64.test(actual))
    return unknown(`"${wanted.text}" or "${actual}" is not base64`);
  const holds = Buffer.from(wanted.text, 'base64').equals(Buffer.from(actual, 'base64'));
  return verdictOf(holds, `"${actual}" ${holds ? 'is' : 'is not'} "${wanted.text}"`);
};
