import type { Line } from '../line.ts';
import type { Scanner } from '../scanner.ts';
import { type Condition, parseAnyOf } from './any-of.ts';
import { comparing, parseComparison, parseExpected } from './expected-value.ts';
import type { FilterPattern } from './filter-pattern.ts';

interface Field {
  readonly name: string;
  readonly holds?: Condition<string>;
}

/** Fields before `...` count from the left, fields after it from the right. */
interface Shape {
  readonly left: readonly Field[];
  readonly right?: readonly Field[];
}

const regexesMax = 2;

/**
 * Reads what stands between brackets: one field for each field of the line, `...` for any number of them. A last field
 * without a condition takes the rest of the line, as AWS's example `[w1=ERROR, w2]` has it.
 */
export const parseSpacePattern = (scanner: Scanner): FilterPattern => {
  const left: Field[] = [];
  let right: Field[] | undefined;
  const counts = { regexes: 0 };
  do {
    if (scanner.take(/\.\.\./y)) {
      if (right) scanner.refuse('... stands once at most');
      right = [];
    } else (right ?? left).push(parseField(scanner, counts));
  } while (scanner.take(/,/y));
  scanner.expect(/\]/y, ', or ]');
  if (!scanner.isDone()) scanner.refuse('expected nothing after ]');
  if (counts.regexes > regexesMax) scanner.refuse(`a pattern has ${regexesMax} regular expressions at most`);
  const shape = { left, ...(right ? { right } : {}) };
  return {
    matches: ({ message }) => assign(shape, message)?.every(([{ holds }, text]) => holds?.(text) ?? true) ?? false,
    reader: (name) => readField(shape, name),
  };
};

const parseField = (scanner: Scanner, counts: { regexes: number }): Field => {
  const name = scanner.take(/[\w-]+/y) ?? '';
  const comparison = parseComparison(scanner);
  if (comparison === undefined) return { name };
  const compared = (operator: typeof comparison): Condition<string> => {
    const expected = parseExpected(scanner);
    if (expected.isRegex) counts.regexes += 1;
    const { number, text } = comparing(scanner, operator, expected);
    const isNumeric = (value: string): boolean =>
      expected.number !== undefined && value !== '' && !Number.isNaN(Number(value));
    return (value) => (isNumeric(value) ? number(Number(value)) : text(value));
  };
  let isFirst = true;
  const holds = parseAnyOf<string>(scanner, () => {
    if (isFirst) {
      isFirst = false;
      return compared(comparison);
    }
    if (scanner.expect(/[\w-]+/y, 'a field') !== name) scanner.refuse(`expected a condition on ${name}`);
    return compared(parseComparison(scanner) ?? scanner.refuse('expected =, !=, <, >, <= or >='));
  });
  return { name, holds };
};

/** Brackets and double quotes hold one field together. */
const fieldsOf = (message: string): readonly string[] =>
  [...message.matchAll(/\[([^\]]*)\]|"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(
    ([, inBrackets, inQuotes, bare]) => inBrackets ?? inQuotes ?? bare ?? '',
  );

/** Which field of the pattern gets which text; undefined when the line has too few or too many. */
const assign = ({ left, right }: Shape, message: string): readonly (readonly [Field, string])[] | undefined => {
  const texts = fieldsOf(message);
  const pairs = (fields: readonly Field[], from: number) =>
    fields.map((field, index) => [field, texts[from + index] ?? ''] as const);
  if (right) {
    if (texts.length < left.length + right.length) return undefined;
    return [...pairs(left, 0), ...pairs(right, texts.length - right.length)];
  }
  const last = left.at(-1);
  if (texts.length === left.length) return pairs(left, 0);
  if (texts.length < left.length || !last || last.holds) return undefined;
  return [...pairs(left.slice(0, -1), 0), [last, texts.slice(left.length - 1).join(' ')]];
};

const readField = (shape: Shape, name: string): ((line: Line) => unknown) => {
  const wanted = name.slice(1);
  const names = [...shape.left, ...(shape.right ?? [])].map((field) => field.name);
  if (!name.startsWith('$') || !names.includes(wanted)) throw new Error(`${name} is no field of the pattern`);
  return ({ message }) => assign(shape, message)?.find(([field]) => field.name === wanted)?.[1];
};
