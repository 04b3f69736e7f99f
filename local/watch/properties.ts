import { onlyKnown } from '../aws/only-known.ts';
import { TwinError } from '../twin-error.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Reads the properties of a resource. Each throws `TwinError` with the resource, the property and what was expected. */
export interface Reader {
  readonly what: string;
  readonly properties: Fields;
  has(name: string): boolean;
  text(name: string): string;
  text(name: string, otherwise: string): string;
  number(name: string): number;
  number(name: string, otherwise: number): number;
  whole(name: string, least: number, otherwise?: number): number;
  flag(name: string, otherwise: boolean): boolean;
  oneOf<T extends string>(name: string, values: readonly T[], otherwise?: T): T;
  texts(name: string): readonly string[];
  /** Members of a list of objects, each with a reader of its own that knows these names. */
  list(name: string, known: readonly string[]): readonly Reader[];
  object(name: string, known: readonly string[]): Reader;
  raw(name: string): unknown;
  refuse(why: string): never;
}

export const readProperties = (what: string, properties: Fields, known: readonly string[]): Reader => {
  onlyKnown(what, properties, known);
  const value = (name: string): unknown => (Object.hasOwn(properties, name) ? properties[name] : undefined);
  const refuse = (why: string): never => {
    throw new TwinError(`${what}: ${why}.`, 'Correct the stack.');
  };
  const wrong = (name: string, expected: string): never =>
    refuse(`${name} is ${JSON.stringify(value(name)) ?? 'missing'}, expected ${expected}`);
  const number = (name: string, otherwise?: number): number => {
    const found = value(name) ?? otherwise;
    const parsed = typeof found === 'string' && found.trim() !== '' ? Number(found) : found;
    return typeof parsed === 'number' && Number.isFinite(parsed) ? parsed : wrong(name, 'a number');
  };
  const listOf = (name: string): readonly unknown[] => {
    const found = value(name) ?? [];
    return Array.isArray(found) ? found : wrong(name, 'a list');
  };
  return {
    what,
    properties,
    refuse,
    raw: value,
    has: (name) => value(name) !== undefined,
    text: (name: string, otherwise?: string) => {
      const found = value(name) ?? otherwise;
      return typeof found === 'string' ? found : wrong(name, 'a text');
    },
    number,
    whole: (name, least, otherwise) => {
      const found = number(name, otherwise);
      return Number.isInteger(found) && found >= least ? found : wrong(name, `a whole number from ${least}`);
    },
    flag: (name, otherwise) => {
      const found = value(name) ?? otherwise;
      if (found === true || found === 'true') return true;
      return found === false || found === 'false' ? false : wrong(name, 'true or false');
    },
    oneOf: (name, values, otherwise) => {
      const found = value(name) ?? otherwise;
      return values.find((each) => each === found) ?? wrong(name, `one of ${values.join(', ')}`);
    },
    texts: (name) => listOf(name).map((each) => (typeof each === 'string' ? each : wrong(name, 'a list of texts'))),
    list: (name, names) =>
      listOf(name).map((each, index) =>
        readProperties(`${what} ${name}[${index}]`, objectIn(each, name, wrong), names),
      ),
    object: (name, names) => readProperties(`${what} ${name}`, objectIn(value(name), name, wrong), names),
  };
};

const objectIn = (value: unknown, name: string, wrong: (name: string, expected: string) => never): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : wrong(name, 'an object');
