import type { Scanner } from '../scanner.ts';
import { unquote } from './expected-value.ts';
import type { FilterPattern } from './filter-pattern.ts';
import { parseRegex } from './regex.ts';

/**
 * Reads terms: all must be in a line, `-` those that must not; of `?` terms one must, and they count only where no other
 * terms are. A term is found inside words too. Nothing, or blanks in quotes, matches every line.
 */
export const parseTermsPattern = (scanner: Scanner): FilterPattern => {
  const regex = parseRegex(scanner);
  if (regex) {
    if (!scanner.isDone()) scanner.refuse('a regular expression stands alone');
    return pattern((message) => regex.test(message));
  }
  const wanted: string[] = [];
  const unwanted: string[] = [];
  const optional: string[] = [];
  while (!scanner.isDone()) {
    const mark = scanner.take(/[?-]/y);
    const term = parseTerm(scanner);
    (mark === '?' ? optional : mark === '-' ? unwanted : wanted).push(term);
  }
  if (wanted.length + unwanted.length === 0 && optional.length > 0)
    return pattern((message) => optional.some((term) => message.includes(term)));
  return pattern(
    (message) => wanted.every((term) => message.includes(term)) && !unwanted.some((term) => message.includes(term)),
  );
};

const parseTerm = (scanner: Scanner): string => {
  const quoted = scanner.take(/"(?:[^"\\]|\\.)*"/y);
  if (quoted !== undefined) return unquote(quoted).trim() === '' ? '' : unquote(quoted);
  const term = scanner.expect(/\w+/y, 'a term; one with other characters than letters and digits in quotes');
  return scanner.take(/(?<=\w)[^\s\w]/y) ? scanner.refuse('a term with other characters stands in quotes') : term;
};

const pattern = (matches: (message: string) => boolean): FilterPattern => ({
  matches: ({ message }) => matches(message),
  reader: (name) => {
    throw new Error(`${name} is no number: a pattern of terms names no fields`);
  },
});
