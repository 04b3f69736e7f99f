import { invalid } from './aws-error.ts';

/** A parsed JSON object of which nothing is known yet. */
export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Own properties only: a request may name `__proto__` or `constructor`. */
export const own = (fields: Fields, name: string): unknown => (Object.hasOwn(fields, name) ? fields[name] : undefined);

const required = <T>(value: T | undefined, name: string): T => {
  if (value === undefined)
    throw invalid(
      `1 validation error detected: Value null at '${name}' failed to satisfy constraint: Member must not be null`,
    );
  return value;
};

const reader =
  <T>(kind: string, is: (value: unknown) => value is T) =>
  (fields: Fields, name: string): T | undefined => {
    const value = own(fields, name);
    if (value === undefined || value === null) return undefined;
    if (!is(value)) throw invalid(`${name} must be ${kind}`);
    return value;
  };

/** Readers of one optional field; each throws ValidationException for a value of another type. */
export const optionalText = reader('a string', (value): value is string => typeof value === 'string');
export const optionalNumber = reader('a number', (value): value is number => typeof value === 'number');
export const optionalFields = reader('an object', isFields);
export const optionalList = reader('a list', (value): value is readonly unknown[] => Array.isArray(value));

export const text = (fields: Fields, name: string): string => required(optionalText(fields, name), name);
export const subfields = (fields: Fields, name: string): Fields => required(optionalFields(fields, name), name);
export const list = (fields: Fields, name: string): readonly unknown[] => required(optionalList(fields, name), name);

/** A list of which each member must be an object. */
export const fieldsList = (fields: Fields, name: string): readonly Fields[] =>
  (optionalList(fields, name) ?? []).map((member) => {
    if (!isFields(member)) throw invalid(`${name} must hold objects`);
    return member;
  });

/** An object whose values are strings: encryption contexts, expression attribute names. */
export const textMap = (fields: Fields, name: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(optionalFields(fields, name) ?? {}).map(([key, value]) => {
      if (typeof value !== 'string') throw invalid(`${name}.${key} must be a string`);
      return [key, value];
    }),
  );
