import { invalid } from '../aws-error.ts';
import { type Fields, own } from '../fields.ts';

/**
 * The tokens of a DynamoDB expression: names, `#name` and `:value` placeholders, numbers, comparators, punctuation.
 * Throws for anything else, so that nothing can be read here in one way and by the engine in another.
 * Source: DynamoDB Developer Guide, "Expressions".
 */
export const tokensOf = (expression: string): readonly string[] => {
  const tokens: string[] = [];
  const pattern = /\s+|([#:]?[A-Za-z0-9_]+|<=|>=|<>|[=<>()[\],.+-])/y;
  while (pattern.lastIndex < expression.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(expression);
    if (match === null)
      throw invalid(
        `Invalid expression: Syntax error; token: "${expression.slice(at, at + 10)}", near: "${expression}"`,
      );
    if (match[1] !== undefined) tokens.push(match[1]);
  }
  return tokens;
};

const keywords = new Set(['AND', 'OR', 'NOT', 'BETWEEN', 'IN', 'SET', 'REMOVE', 'ADD', 'DELETE']);
const isName = (token: string): boolean => /^#?[A-Za-z_][A-Za-z0-9_]*$|^#[A-Za-z0-9_]+$/.test(token);

/** A name as the table knows it: placeholders resolved. Undefined for a placeholder that was not given. */
const resolve = (token: string, names: Fields): string | undefined => {
  if (!token.startsWith('#')) return token;
  const name = own(names, token);
  return typeof name === 'string' ? name : undefined;
};

/** The top-level attributes that an expression names: what `dynamodb:Attributes` lists. */
export const attributesIn = (expression: string, names: Fields): readonly string[] => {
  const tokens = tokensOf(expression);
  return tokens.flatMap((token, at) => {
    const isFunction = tokens[at + 1] === '(';
    const isNested = tokens[at - 1] === '.';
    if (!isName(token) || isNested || keywords.has(token.toUpperCase())) return [];
    if (isFunction && !token.startsWith('#')) return [];
    return resolve(token, names) ?? [];
  });
};

/**
 * The values that a key condition gives the partition key, in whatever order, parentheses and placeholders it is
 * written. Key conditions know only AND, so that every equality on the key holds at once and all of them are answered:
 * a condition with two of them must be allowed both.
 */
export const equalityValues = (expression: string, key: string, names: Fields, values: Fields): readonly unknown[] => {
  const tokens = tokensOf(expression).filter((token) => token !== '(' && token !== ')');
  const isKey = (token: string | undefined) => token !== undefined && isName(token) && resolve(token, names) === key;
  return tokens.flatMap((token, at) => {
    if (token !== '=') return [];
    const [left, right] = [tokens[at - 1], tokens[at + 1]];
    const value = isKey(left) ? right : isKey(right) ? left : undefined;
    return value?.startsWith(':') ? [own(values, value)] : [];
  });
};
