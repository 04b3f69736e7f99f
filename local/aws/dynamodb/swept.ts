import type { Fields } from '../fields.ts';

/** What the sweep deleted, for who reads streams: the engine does not say who deleted. */
export interface Swept {
  /** @param at machine time of the deletion, epoch milliseconds. */
  remember(table: string, key: Fields, at: number): void;
  /** It was not deleted after all. */
  forget(table: string, key: Fields): void;
  /** @param second epoch second of a record of the engine. */
  has(table: string, key: Fields, second: number): boolean;
}

const keptMs = 24 * 3600 * 1000;
const keptMax = 100_000;

/** The engine stamps whole seconds, and a deletion takes a moment. */
const marginSeconds = 2;

/** In memory, for a day and up to a hundred thousand items. */
export const createSwept = (): Swept => {
  const deleted = new Map<string, number>();
  const nameOf = (table: string, key: Fields): string =>
    JSON.stringify([table, ...Object.entries(key).sort(([a], [b]) => (a < b ? -1 : 1))]);
  return {
    remember: (table, key, at) => {
      const name = nameOf(table, key);
      // Set anew, so that the map is in the order of time.
      deleted.delete(name);
      deleted.set(name, at);
      for (const [oldest, when] of deleted) {
        if (deleted.size <= keptMax && at - when < keptMs) break;
        deleted.delete(oldest);
      }
    },
    forget: (table, key) => void deleted.delete(nameOf(table, key)),
    has: (table, key, second) => {
      const at = deleted.get(nameOf(table, key));
      return at !== undefined && Math.abs(at / 1000 - second) <= marginSeconds;
    },
  };
};
