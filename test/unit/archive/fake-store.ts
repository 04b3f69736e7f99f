import type { ArchiveStore, Head } from '../../../lambdas/archive/archive-store.ts';
import { type ArchivedChange, parseArchive } from '../../../lambdas/model/archive.ts';

/** The instance dies. */
export class Killed extends Error {}

/** How a step ends: as it should, or the instance dies before it or after it was done. */
export type Fate = 'done' | 'killed-before' | 'killed-after';

/** A bucket and a head that outlive instances. */
export interface Kept {
  readonly objects: Map<number, Uint8Array>;
  head: Head | undefined;
}

export const nothingKept = (): Kept => ({ objects: new Map(), head: undefined });

/** What one instance sees of it. Each step takes the next fate; when there are no more, all goes well. */
export const storeOver = (kept: Kept, fates: Fate[] = []): ArchiveStore => {
  const step = async <T>(run: () => T): Promise<T> => {
    const fate = fates.shift() ?? 'done';
    if (fate === 'killed-before') throw new Killed();
    const result = run();
    if (fate === 'killed-after') throw new Killed();
    return result;
  };
  return {
    head: () => step(() => kept.head),
    moveHead: (head) =>
      step(() => {
        if (head.sequence > (kept.head?.sequence ?? 0)) kept.head = head;
      }),
    firstAfter: (sequence) => step(() => [...kept.objects.keys()].filter((each) => each > sequence).sort(byNumber)[0]),
    read: (sequence) =>
      step(() => {
        const bytes = kept.objects.get(sequence);
        if (!bytes) throw new Error(`There is no object ${sequence}.`);
        return bytes;
      }),
    add: (sequence, bytes) =>
      step(() => {
        if (kept.objects.has(sequence)) return 'taken';
        kept.objects.set(sequence, bytes);
        return 'added';
      }),
  };
};

const byNumber = (a: number, b: number): number => a - b;

/** A change that nothing is special about. */
export const changeNumbered = (number: number): ArchivedChange => ({
  eventId: `event-${number}`,
  change: 'INSERT',
  at: new Date(1_790_000_000_000 + number * 1000).toISOString(),
  sequenceNumber: String(number),
  keys: { pk: { S: 'ten_000000000001#audit#2026-09' }, sk: { S: `key-${number}` } },
  new: { id: { S: `evt_${number}` } },
});

/** The objects in order. */
export const chainOf = ({ objects }: Kept) =>
  [...objects.entries()]
    .sort(([a], [b]) => byNumber(a, b))
    .map(([sequence, bytes]) => ({ sequence, bytes, ...parseArchive(bytes) }));
