import { beforeFirst, hashOf, parseArchive } from '../model/archive.ts';
import type { ArchiveStore, Head } from './archive-store.ts';

/** The object that the next one follows, and what is in it: a batch that comes again holds what is there already. */
export interface Tip extends Head {
  readonly eventIds: ReadonlySet<string>;
}

/** What was found of the head's object: it was deleted, or another is in its place. */
export type ArchiveFault = { readonly what: 'deleted' | 'overwritten'; readonly sequence: number };

const nothing: ReadonlySet<string> = new Set();

/** The object of this number as a tip. */
export const tipOf = (sequence: number, bytes: Uint8Array): Tip => ({
  sequence,
  hash: hashOf(bytes),
  eventIds: new Set(parseArchive(bytes).changes.map(({ eventId }) => eventId)),
});

/**
 * The number of the last object, by doubling steps and then halves: some forty short listings for a million objects.
 * @param known an object that exists, or 0.
 */
export const lastSequence = async (store: Pick<ArchiveStore, 'firstAfter'>, known: number): Promise<number> => {
  let low = known;
  let step = 1;
  for (;;) {
    const found = await store.firstAfter(low + step - 1);
    if (found === undefined) break;
    low = found;
    step *= 2;
  }
  // There is `low`, and nothing above `high`.
  let high = low + step - 1;
  while (low < high) {
    const found = await store.firstAfter(Math.floor((low + high) / 2));
    if (found === undefined) high = Math.floor((low + high) / 2);
    else low = found;
  }
  return low;
};

/**
 * What the next object follows, found again from the bucket where the head is behind or lost. A head whose object is
 * gone or another one is kept as it is: what follows then proves what had been there, and the fault is told.
 */
export const findTip = async (store: ArchiveStore, tell: (fault: ArchiveFault) => void): Promise<Tip> => {
  const head = await store.head();
  const known = head?.sequence ?? 0;
  const first = await store.firstAfter(Math.max(0, known - 1));
  if (head && first !== known) tell({ what: 'deleted', sequence: known });
  const last = first === undefined ? 0 : await lastSequence(store, first);
  if (head && last < known) return { ...head, eventIds: nothing };
  if (last === 0) return { sequence: 0, hash: beforeFirst, eventIds: nothing };
  const tip = tipOf(last, await store.read(last));
  if (!head || last > known || tip.hash === head.hash) return tip;
  tell({ what: 'overwritten', sequence: known });
  return { ...tip, hash: head.hash };
};
