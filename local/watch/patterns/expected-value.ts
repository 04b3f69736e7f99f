import type { Scanner } from '../scanner.ts';
import { parseRegex } from './regex.ts';

/** What a condition compares with. */
export interface Expected {
  /** Whether a text is it. `*` at the start or the end stands for anything; elsewhere it is a star. */
  readonly isText: (text: string) => boolean;
  /** Where it is a number, unquoted and without a star. */
  readonly number?: number;
  readonly isRegex: boolean;
}

const numeric = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Reads a quoted text, a regular expression between percent signs, a number or a bare word. */
export const parseExpected = (scanner: Scanner): Expected => {
  const quoted = scanner.take(/"(?:[^"\\]|\\.)*"/y);
  if (quoted !== undefined) return { isText: textTest(unquote(quoted)), isRegex: false };
  const regex = parseRegex(scanner);
  if (regex) return { isText: (text) => regex.test(text), isRegex: true };
  const bare = scanner.expect(/[\w.*+-]+/y, 'a value; one with other characters than letters and digits in quotes');
  return {
    isText: textTest(bare),
    isRegex: false,
    ...(numeric.test(bare) ? { number: Number(bare) } : {}),
  };
};

export const unquote = (quoted: string): string => quoted.slice(1, -1).replace(/\\(.)/g, '$1');

const textTest = (wanted: string): ((text: string) => boolean) => {
  if (/^\*+$/.test(wanted)) return () => true;
  const core = wanted.replace(/^\*|\*$/g, '');
  if (wanted.startsWith('*') && wanted.endsWith('*')) return (text) => text.includes(core);
  if (wanted.startsWith('*')) return (text) => text.endsWith(core);
  if (wanted.endsWith('*')) return (text) => text.startsWith(core);
  return (text) => text === wanted;
};

export type Comparison = '=' | '!=' | '<' | '>' | '<=' | '>=';

export const parseComparison = (scanner: Scanner): Comparison | undefined =>
  scanner.take(/!=|<=|>=|=|<|>/y) as Comparison | undefined;

/** A test of a number, or of a text. Order is for numbers only; an order with a text is refused. */
export const comparing = (
  scanner: Scanner,
  comparison: Comparison,
  expected: Expected,
): { readonly number: (value: number) => boolean; readonly text: (value: string) => boolean } => {
  const { number, isText } = expected;
  if (comparison === '=' || comparison === '!=') {
    const wanted = comparison === '=';
    return {
      number: (value) => (number === undefined ? isText(String(value)) : value === number) === wanted,
      text: (value) => isText(value) === wanted,
    };
  }
  if (number === undefined) return scanner.refuse(`${comparison} wants a number`);
  return { number: (value) => inOrder(value, comparison, number), text: () => false };
};

const inOrder = (left: number, comparison: Exclude<Comparison, '=' | '!='>, right: number): boolean => {
  switch (comparison) {
    case '<':
      return left < right;
    case '>':
      return left > right;
    case '<=':
      return left <= right;
    case '>=':
      return left >= right;
  }
};
