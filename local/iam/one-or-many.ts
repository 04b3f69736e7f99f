/** A policy element that may be one value or a list, as a list. */
export function listOf<T extends string | boolean | number>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return isList(value) ? value : [value];
}

// Array.isArray does not narrow readonly arrays.
const isList = <T>(value: T | readonly T[]): value is readonly T[] => Array.isArray(value);
