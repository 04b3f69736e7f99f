import { isDeepStrictEqual } from 'node:util';

/** These change with every replacement, so that naming them tells nothing. */
const always = ['version', 'updatedAt'];

/** Names of the fields whose values differ, in order: what an audit event tells of a change, without the values. */
export const changedFields = (before: object, after: object): readonly string[] => {
  const was = new Map<string, unknown>(Object.entries(before));
  const is = new Map<string, unknown>(Object.entries(after));
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((field) => !always.includes(field) && !isDeepStrictEqual(was.get(field), is.get(field)))
    .sort();
};
