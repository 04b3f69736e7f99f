import { PolicyError } from './policy-error.ts';

/** A JSON object whose values are not yet known. */
export type Json = Readonly<Record<string, unknown>>;

/** The object at a location. Throws PolicyError for anything else. */
export function objectAt(value: unknown, location: string): Json {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json;
  throw new PolicyError(location, `expected an object, found ${shown(value)}`);
}

/** The string at a location. Throws PolicyError for anything else. */
export function stringAt(value: unknown, location: string): string {
  if (typeof value === 'string') return value;
  throw new PolicyError(location, `expected a string, found ${shown(value)}`);
}

/**
 * The values at a location, one or a list. Throws PolicyError for an empty list, which would be an element without meaning.
 * A value stays alone or in a list, as it was written.
 */
export function oneOrManyAt<T>(
  value: unknown,
  location: string,
  parse: (each: unknown, at: string) => T,
): T | readonly T[] {
  if (!Array.isArray(value)) return parse(value, location);
  if (value.length === 0) throw new PolicyError(location, 'expected at least one value, found an empty list');
  return value.map((each, index) => parse(each, `${location}[${index}]`));
}

/** Throws PolicyError for the first key that is not among those known. */
export function onlyKeys(value: Json, known: readonly string[], location: string): void {
  const stranger = Object.keys(value).find((key) => !known.includes(key));
  if (stranger !== undefined)
    throw new PolicyError(`${location}.${stranger}`, `unknown element; known are ${known.join(', ')}`);
}

/** A value as an error message shows it, cut short. */
export const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 80));
