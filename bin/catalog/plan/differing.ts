import { isDeepStrictEqual } from 'node:util';

/** Lists whose order means nothing. */
const sets = new Set(['dependencies']);

const comparable = (field: string, value: unknown): unknown =>
  sets.has(field) && Array.isArray(value) ? [...value].sort() : value;

/** Names of the fields that differ, in order. A field that is undefined is as one that is absent. */
export const differing = (before: object | undefined, after: object): readonly string[] => {
  const was = new Map<string, unknown>(Object.entries(before ?? {}));
  const is = new Map<string, unknown>(Object.entries(after));
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((field) => !isDeepStrictEqual(comparable(field, was.get(field)), comparable(field, is.get(field))))
    .sort();
};
