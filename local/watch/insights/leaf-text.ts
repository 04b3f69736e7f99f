/** A leaf of JSON as rules compare and name it; undefined for objects, arrays, null and nothing. */
export const leafText = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
