import { BlockList, isIP } from 'node:net';
import { isList, isObject, type Json } from '../../template/json.ts';
import { refuse } from './pattern-error.ts';
import { wildcard } from './wildcard.ts';

/** Whether a value of the event, no object and no list, is what the pattern means. */
export type Test = (value: Json) => boolean;

const textOf = (name: string, argument: Json): string =>
  typeof argument === 'string' ? argument : refuse(`${name} needs a string, has ${JSON.stringify(argument)}`);

const onText =
  (test: (text: string) => boolean): Test =>
  (value) =>
    typeof value === 'string' && test(value);

/** `"x"` or `{ "equals-ignore-case": "x" }`. */
const affix =
  (name: string, holds: (text: string, affix: string) => boolean) =>
  (argument: Json): Test => {
    if (!isObject(argument)) {
      const wanted = textOf(name, argument);
      return onText((text) => holds(text, wanted));
    }
    const [only, ...others] = Object.keys(argument);
    if (only !== 'equals-ignore-case' || others.length > 0) refuse(`${name} does not have ${Object.keys(argument)}`);
    const wanted = textOf(name, argument['equals-ignore-case'] ?? null).toLowerCase();
    return onText((text) => holds(text.toLowerCase(), wanted));
  };

const equalsIgnoreCase = (argument: Json): Test => {
  const wanted = textOf('equals-ignore-case', argument).toLowerCase();
  return onText((text) => text.toLowerCase() === wanted);
};

const cidr = (argument: Json): Test => {
  const [network = '', length = ''] = textOf('cidr', argument).split('/');
  const family = isIP(network) === 6 ? 'ipv6' : 'ipv4';
  const bits = Number(length);
  if (isIP(network) === 0 || !/^\d{1,3}$/.test(length) || bits > (family === 'ipv6' ? 128 : 32))
    refuse(`${JSON.stringify(argument)} is no range of addresses`);
  const range = new BlockList();
  range.addSubnet(network, bits, family);
  return onText((text) => isIP(text) > 0 && range.check(text, isIP(text) === 6 ? 'ipv6' : 'ipv4'));
};

const orders: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

/** EventBridge compares numbers in this range only. */
const numberMax = 5e9;

/** `["=", 5]`, or a lower bound and then an upper one: `[">", 0, "<=", 5]`. */
const numeric = (argument: Json): Test => {
  if (!isList(argument) || ![2, 4].includes(argument.length)) return refuse('numeric needs one or two bounds');
  const bounds = [argument.slice(0, 2), argument.slice(2)].filter(({ length }) => length > 0);
  const isRange = bounds.length === 2;
  const tests = bounds.map(([order, bound], index) => {
    const holds = Object.hasOwn(orders, String(order)) ? orders[String(order)] : undefined;
    if (!holds || typeof bound !== 'number' || Math.abs(bound) > numberMax)
      return refuse(`numeric does not have ${JSON.stringify(argument)}: orders ${Object.keys(orders)}, up to 5e9`);
    if (isRange && !String(order).startsWith(index === 0 ? '>' : '<'))
      refuse('a numeric range has a lower bound and then an upper one');
    return (value: number) => holds(value, bound);
  });
  return (value) => typeof value === 'number' && Math.abs(value) <= numberMax && tests.every((holds) => holds(value));
};

const negatable: Readonly<Record<string, (argument: Json) => Test>> = {
  prefix: (argument) => affix('prefix', (text, wanted) => text.startsWith(wanted))(textOf('prefix', argument)),
  suffix: (argument) => affix('suffix', (text, wanted) => text.endsWith(wanted))(textOf('suffix', argument)),
  'equals-ignore-case': equalsIgnoreCase,
  wildcard: (argument) => onText(wildcard(textOf('wildcard', argument))),
};

/** A string, a number, a list of either, or a comparison of strings, of one or of several. Anything else that is there fits. */
const anythingBut = (argument: Json): Test => {
  if (isObject(argument)) {
    const [name = '', ...others] = Object.keys(argument);
    const comparison = Object.hasOwn(negatable, name) ? negatable[name] : undefined;
    const given = argument[name] ?? null;
    if (!comparison || others.length > 0) return refuse(`anything-but does not have ${Object.keys(argument)}`);
    const tests = listOf('anything-but', given).map(comparison);
    return (value) => !tests.some((test) => test(value));
  }
  const excluded = listOf('anything-but', argument);
  const kinds = new Set(excluded.map((each) => typeof each));
  if (kinds.size !== 1 || !['string', 'number'].some((kind) => kinds.has(kind as 'string')))
    refuse(`anything-but needs strings or numbers, has ${JSON.stringify(argument)}`);
  return (value) => !excluded.includes(value);
};

const listOf = (name: string, argument: Json): readonly Json[] => {
  const list = isList(argument) ? argument : [argument];
  return list.length > 0 ? list : refuse(`${name} needs at least one value`);
};

/**
 * The comparisons of event patterns, but `exists` and `$or`, by name.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export const comparisons: Readonly<Record<string, (argument: Json) => Test>> = {
  prefix: affix('prefix', (text, wanted) => text.startsWith(wanted)),
  suffix: affix('suffix', (text, wanted) => text.endsWith(wanted)),
  'equals-ignore-case': equalsIgnoreCase,
  wildcard: (argument) => onText(wildcard(textOf('wildcard', argument))),
  cidr,
  numeric,
  'anything-but': anythingBut,
};
