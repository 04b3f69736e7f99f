import type { Scanner } from '../scanner.ts';
import { type Node, type Room, type Series, type Span, valueAt } from './node.ts';

type Arguments = () => readonly Node[];

const folds: Readonly<Record<string, (values: readonly number[]) => number>> = {
  MAX: (values) => Math.max(...values),
  MIN: (values) => Math.min(...values),
  SUM: (values) => values.reduce((left, right) => left + right, 0),
  AVG: (values) => values.reduce((left, right) => left + right, 0) / values.length,
};

/** Reads the arguments of a function, whose parenthesis is open, and gives what it makes of them. */
export const callFunction = (name: string, scanner: Scanner, room: Room, parse: () => Node): Node => {
  const closed = (): boolean => scanner.take(/\)/y) !== undefined;
  const parseAll: Arguments = () => {
    const nodes: Node[] = [];
    if (closed()) return nodes;
    do nodes.push(parse());
    while (scanner.take(/,/y));
    scanner.expect(/\)/y, ', or )');
    return nodes;
  };
  if (name === 'METRICS') {
    if (!closed()) scanner.refuse('METRICS() has no arguments here');
    const members = room.metrics();
    return { kind: 'list', run: (spans) => members.flatMap((member) => member.run(spans)), members };
  }
  if (name === 'INSIGHT_RULE_METRIC') return insightRuleMetric(scanner, room);
  if (name === 'IF') return choice(scanner, parseAll());
  if (name === 'FILL') return filled(scanner, parseAll());
  const fold = Object.hasOwn(folds, name) ? folds[name] : undefined;
  if (!fold) return scanner.refuse(`the twin does not have the function ${name}`);
  const [list, ...more] = parseAll();
  if (list?.kind !== 'list' || !list.members || more.length > 0)
    return scanner.refuse(`${name} has one argument, a list or METRICS()`);
  return folded(fold, list.members);
};

/** Over the series of a list, span by span: those that have a value count. */
const folded = (fold: (values: readonly number[]) => number, members: readonly Node[]): Node => ({
  kind: 'series',
  run: (spans) => {
    const all = members.map((member) => member.run(spans));
    return spans.map((_, index) => {
      const values = all.map((series) => series[index]).filter((value) => value !== undefined);
      return values.length === 0 ? undefined : fold(values);
    });
  },
});

const insightRuleMetric = (scanner: Scanner, room: Room): Node => {
  const text = (): string => scanner.expect(/"[^"]*"|'[^']*'/y, 'a text in quotes').slice(1, -1);
  const rule = text();
  scanner.expect(/,/y, ',');
  const metric = text();
  scanner.expect(/\)/y, ')');
  return room.rule(rule, metric) ?? scanner.refuse(`there is no Contributor Insights rule ${rule} with ${metric}`);
};

/** IF(condition, then, otherwise): without `otherwise`, and without a condition, the value is missing. */
const choice = (scanner: Scanner, nodes: readonly Node[]): Node => {
  const [condition, then, otherwise] = nodes;
  if (!condition || !then || nodes.length > 3) return scanner.refuse('IF has two or three arguments');
  refuseLists(scanner, nodes);
  const run = (spans: readonly Span[]): Series => {
    const [conditions, thens, others] = [condition.run(spans), then.run(spans), otherwise?.run(spans)];
    return spans.map((_, index) => {
      const holds = valueAt(condition, conditions, index);
      if (holds === undefined) return undefined;
      if (holds !== 0) return valueAt(then, thens, index);
      return otherwise && others && valueAt(otherwise, others, index);
    });
  };
  return { kind: 'series', run };
};

const filled = (scanner: Scanner, nodes: readonly Node[]): Node => {
  const [series, filler, ...more] = nodes;
  if (series?.kind !== 'series' || !filler || more.length > 0)
    return scanner.refuse('FILL has a series and what to fill it with: a number or a series');
  refuseLists(scanner, nodes);
  return {
    kind: 'series',
    run: (spans) => {
      const [values, fillers] = [series.run(spans), filler.run(spans)];
      return spans.map((_, index) => values[index] ?? valueAt(filler, fillers, index));
    },
  };
};

const refuseLists = (scanner: Scanner, nodes: readonly Node[]): void => {
  if (nodes.some(({ kind }) => kind === 'list')) scanner.refuse('a list stands in MAX, MIN, SUM or AVG only');
};
