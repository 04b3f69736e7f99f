import { isList, isObject, type Json, type JsonObject } from '../../template/json.ts';
import { comparisons, type Test } from './comparisons.ts';
import { refuse } from './pattern-error.ts';

/** Whether an event fits. */
export type Pattern = (event: JsonObject) => boolean;

/** A part of a pattern, at an object of the event; `event` is the whole, for what must be nowhere. */
type Part = (at: JsonObject, event: JsonObject) => boolean;

/**
 * Reads an event pattern: all its fields must fit, each by one of its alternatives. Throws `PatternError` for a pattern that
 * EventBridge would refuse and for a comparison that is not built.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html and
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export const parsePattern = (pattern: unknown): Pattern => {
  if (!isObject(pattern)) return refuse('a pattern is an object');
  const part = partOf(pattern, []);
  return (event) => part(event, event);
};

const partOf = (pattern: JsonObject, path: readonly string[]): Part => {
  const fields = Object.entries(pattern);
  if (fields.length === 0) return refuse(`${shown(path)} is empty`);
  const parts = fields.map(([name, wanted]) => fieldOf(name, wanted, path));
  return (at, event) => parts.every((holds) => holds(at, event));
};

const fieldOf = (name: string, wanted: Json, above: readonly string[]): Part => {
  const path = [...above, name];
  if (name === '$or') return eitherOf(wanted, above);
  if (isObject(wanted)) {
    const part = partOf(wanted, path);
    return (at, event) => {
      const inner = objectsIn(own(at, name));
      return inner.length === 0 ? part({}, event) : inner.some((each) => part(each, event));
    };
  }
  if (!isList(wanted) || wanted.length === 0)
    return refuse(`${shown(path)} is ${JSON.stringify(wanted)}, and not a list of alternatives`);
  return leafOf(wanted, path);
};

const eitherOf = (wanted: Json, path: readonly string[]): Part => {
  if (!isList(wanted) || wanted.length < 2 || !wanted.every(isObject))
    return refuse(`$or at ${shown(path)} needs at least two objects`);
  const parts = wanted.filter(isObject).map((each) => partOf(each, path));
  return (at, event) => parts.some((holds) => holds(at, event));
};

/** The alternatives of one field. That it exists nowhere is asked of the whole event, elements of lists included. */
const leafOf = (alternatives: readonly Json[], path: readonly string[]): Part => {
  const name = path.at(-1) ?? '';
  const tests = alternatives.filter((each) => existence(each) === undefined).map(testOf);
  const present = alternatives.some((each) => existence(each) === true);
  const absent = alternatives.some((each) => existence(each) === false);
  return (at, event) => {
    const values = leavesIn(own(at, name));
    if (values.some((value) => present || tests.some((test) => test(value)))) return true;
    return absent && leavesAt(event, path).length === 0;
  };
};

const existence = (alternative: Json): boolean | undefined => {
  if (!isObject(alternative) || !Object.hasOwn(alternative, 'exists')) return undefined;
  const { exists } = alternative;
  if (typeof exists !== 'boolean' || Object.keys(alternative).length > 1)
    return refuse('exists is true or false, alone');
  return exists;
};

const testOf = (alternative: Json): Test => {
  if (isList(alternative)) return refuse(`${JSON.stringify(alternative)} is a list inside a list`);
  if (!isObject(alternative)) return (value) => value === alternative;
  const [name = '', ...others] = Object.keys(alternative);
  const comparison = Object.hasOwn(comparisons, name) ? comparisons[name] : undefined;
  if (!comparison || others.length > 0)
    return refuse(
      `${JSON.stringify(alternative)} is no comparison: there is ${Object.keys(comparisons).join(', ')}, exists`,
    );
  return comparison(alternative[name] ?? null);
};

const own = (object: JsonObject, name: string): Json | undefined =>
  Object.hasOwn(object, name) ? object[name] : undefined;

/** Elements of lists count each: a list fits when one of its elements does. */
const leavesIn = (value: Json | undefined): readonly Json[] => {
  if (value === undefined || isObject(value)) return [];
  return isList(value) ? value.flatMap(leavesIn) : [value];
};

const objectsIn = (value: Json | undefined): readonly JsonObject[] => {
  if (isList(value)) return value.flatMap(objectsIn);
  return isObject(value) ? [value] : [];
};

const leavesAt = (event: JsonObject, path: readonly string[]): readonly Json[] => {
  const [name = '', ...rest] = path;
  const value = own(event, name);
  return rest.length === 0 ? leavesIn(value) : objectsIn(value).flatMap((each) => leavesAt(each, rest));
};

const shown = (path: readonly string[]): string => (path.length === 0 ? 'the pattern' : path.join('.'));
