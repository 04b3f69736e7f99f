import type { Line } from '../line.ts';
import { createScanner, type Scanner } from '../scanner.ts';
import { type Condition, parseAnyOf } from './any-of.ts';
import { comparing, parseComparison, parseExpected } from './expected-value.ts';
import type { FilterPattern } from './filter-pattern.ts';
import { parseSelector, type Selector, select, wildcardsIn } from './selector.ts';

/** What one pattern may hold. */
const regexesMax = 2;
const wildcardsMax = 3;

interface Counts {
  regexes: number;
  wildcards: number;
}

/**
 * Reads what stands between braces. A selector that points at nothing, an object or an array makes every comparison
 * false, `!=` too; behind a wildcard one value that holds is enough.
 */
export const parseJsonPattern = (scanner: Scanner): FilterPattern => {
  const counts: Counts = { regexes: 0, wildcards: 0 };
  const holds = parseAnyOf<unknown>(scanner, () => parseUnit(scanner, counts));
  scanner.expect(/\}/y, '&&, || or }');
  if (!scanner.isDone()) scanner.refuse('expected nothing after }');
  if (counts.regexes > regexesMax) scanner.refuse(`a pattern has ${regexesMax} regular expressions at most`);
  if (counts.wildcards > wildcardsMax) scanner.refuse(`a pattern has ${wildcardsMax} wildcard selectors at most`);
  return {
    matches: (line) => {
      const event = line.json();
      return event !== undefined && holds(event);
    },
    reader: readField,
  };
};

const readField = (name: string): ((line: Line) => unknown) => {
  const scanner = createScanner('Field', name);
  const selector = parseSelector(scanner);
  if (!scanner.isDone() || wildcardsIn(selector) > 0) scanner.refuse('expected one field of the event');
  return (line) => select(line.json(), selector)[0];
};

const parseUnit = (scanner: Scanner, counts: Counts): Condition<unknown> => {
  if (!scanner.take(/\(/y)) return parseCondition(scanner, counts);
  const holds = parseAnyOf<unknown>(scanner, () => parseUnit(scanner, counts));
  scanner.expect(/\)/y, '&&, || or )');
  return holds;
};

const parseCondition = (scanner: Scanner, counts: Counts): Condition<unknown> => {
  const selector = parseSelector(scanner);
  counts.wildcards += wildcardsIn(selector);
  if (scanner.take(/NOT\b/y)) {
    scanner.expect(/EXISTS\b/y, 'EXISTS');
    return (event) => select(event, selector).length === 0;
  }
  if (scanner.take(/IS\b/y)) return parseIs(scanner, selector);
  const comparison = parseComparison(scanner);
  if (comparison === undefined) return scanner.refuse('expected =, !=, <, >, <=, >=, IS or NOT EXISTS');
  const expected = parseExpected(scanner);
  if (expected.isRegex) counts.regexes += 1;
  const { number, text } = comparing(scanner, comparison, expected);
  const holds = (value: unknown): boolean =>
    typeof value === 'number' ? number(value) : typeof value === 'string' && text(value);
  return (event) => select(event, selector).some(holds);
};

const parseIs = (scanner: Scanner, selector: Selector): Condition<unknown> => {
  const wanted = { NULL: null, TRUE: true, FALSE: false }[
    scanner.expect(/(?:NULL|TRUE|FALSE)\b/y, 'NULL, TRUE or FALSE') as 'NULL' | 'TRUE' | 'FALSE'
  ];
  return (event) => select(event, selector).includes(wanted);
};
