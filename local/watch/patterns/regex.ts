import type { Scanner } from '../scanner.ts';

/** Letters, digits and the symbols and operators that AWS lists; parentheses are not among them. */
const supported = /^(?:[A-Za-z0-9 :_#=@/;,\-^$?[\]{}|*+.]|\\(?:[dDsSwW]|x[0-9A-Fa-f]{2}|[^A-Za-z0-9]))+$/;

/**
 * Reads a regular expression between percent signs, if one stands here. It matches anywhere in a text. Refuses what AWS
 * does not support: groups, other symbols, multi-byte characters. Without groups no expression takes exponential time.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html#regex-expressions
 */
export const parseRegex = (scanner: Scanner): RegExp | undefined => {
  const found = scanner.take(/%[^%]*%/y);
  if (found === undefined) return undefined;
  const source = found.slice(1, -1);
  if (!supported.test(source)) scanner.refuse(`a regular expression may not hold what ${found} holds`);
  try {
    return new RegExp(source.replace(/\{\s*,/g, '{0,').replace(/,\s+(\d*)\}/g, ',$1}'));
  } catch {
    return scanner.refuse(`${found} is no regular expression`);
  }
};
