import { createScanner, type Scanner } from '../scanner.ts';
import { callFunction } from './functions.ts';
import { type Combine, combined, type Node, type Room } from './node.ts';

/**
 * Parses a metric math expression to something that gives a series: one value for each span of time, none where data is
 * missing. Throws `TwinError` for what is unknown to CloudWatch, or to the twin.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export const parseExpression = (text: string, room: Room): Node => {
  const scanner = createScanner('Expression', text);
  const node = anyOf(scanner, room);
  if (!scanner.isDone()) scanner.refuse('expected an operator or the end');
  return node;
};

const truth = (value: boolean): number => (value ? 1 : 0);

const comparisons: Readonly<Record<string, Combine>> = {
  '==': (left, right) => truth(left === right),
  '!=': (left, right) => truth(left !== right),
  '<=': (left, right) => truth(left <= right),
  '>=': (left, right) => truth(left >= right),
  '<': (left, right) => truth(left < right),
  '>': (left, right) => truth(left > right),
};
const sums: Readonly<Record<string, Combine>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
};
const products: Readonly<Record<string, Combine>> = {
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
};
const ands: Readonly<Record<string, Combine>> = { AND: (left, right) => truth(left !== 0 && right !== 0) };
const ors: Readonly<Record<string, Combine>> = { OR: (left, right) => truth(left !== 0 || right !== 0) };

type Rule = (scanner: Scanner, room: Room) => Node;

const chain =
  (next: Rule, pattern: RegExp, operators: Readonly<Record<string, Combine>>): Rule =>
  (scanner, room) => {
    let node = next(scanner, room);
    for (;;) {
      const operator = scanner.take(pattern);
      const combine = operator === undefined ? undefined : (operators[operator] ?? Object.values(operators)[0]);
      if (!combine) return node;
      node = combined(scanner, combine, [node, next(scanner, room)]);
    }
  };

const primary: Rule = (scanner, room) => {
  if (scanner.take(/\(/y)) {
    const node = anyOf(scanner, room);
    scanner.expect(/\)/y, ')');
    return node;
  }
  if (scanner.take(/-/y)) return combined(scanner, (value) => -value, [primary(scanner, room)]);
  const number = scanner.take(/\d+\.?\d*(?:[eE][+-]?\d+)?/y);
  if (number !== undefined) return { kind: 'number', run: () => [Number(number)] };
  if (scanner.take(/\[/y)) return listOf(scanner, room);
  const name = scanner.expect(/[A-Za-z]\w*/y, 'a number, a metric or a function');
  if (!scanner.take(/\(/y)) return room.series(name) ?? scanner.refuse(`there is no metric ${name}`);
  return callFunction(name, scanner, room, () => anyOf(scanner, room));
};

const product = chain(primary, /[*/]/y, products);
const sum = chain(product, /[+-]/y, sums);
const comparison = chain(sum, /==|!=|<=|>=|<|>/y, comparisons);
const allOf = chain(comparison, /AND\b|&&/y, ands);
const anyOf = chain(allOf, /OR\b|\|\|/y, ors);

const listOf = (scanner: Scanner, room: Room): Node => {
  const members: Node[] = [];
  do members.push(anyOf(scanner, room));
  while (scanner.take(/,/y));
  scanner.expect(/\]/y, ', or ]');
  if (members.some(({ kind }) => kind !== 'series')) scanner.refuse('a list holds series');
  return { kind: 'list', run: (spans) => members.flatMap((member) => member.run(spans)), members };
};
