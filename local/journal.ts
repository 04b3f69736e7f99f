/** The last things that happened, numbered from 0, so that a reader can ask for what came after its last look. */
export interface Journal<T> {
  add(entry: T): void;
  /** Entries from number `from` on that are still kept, and the number to ask from next. */
  since(from: number): { readonly next: number; readonly entries: readonly T[] };
}

export const createJournal = <T>(max = 20_000): Journal<T> => {
  let kept: T[] = [];
  let next = 0;
  return {
    add: (entry) => {
      kept.push(entry);
      next += 1;
      if (kept.length > 2 * max) kept = kept.slice(-max);
    },
    since: (from) => ({ next, entries: kept.slice(Math.max(0, from - (next - kept.length))) }),
  };
};
