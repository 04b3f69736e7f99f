import { type ArchivedChange, renderArchive } from '../model/archive.ts';
import type { ArchiveStore } from './archive-store.ts';
import { type ArchiveFault, findTip, type Tip, tipOf } from './find-tip.ts';

/** What a warm instance remembers. Nobody else writes while it lives, and where somebody did, `add` says so. */
export interface Memory {
  tip?: Tip;
}

/**
 * Adds the changes to the end of the chain, each once, in their order. It may be killed anywhere and begun again: what
 * was added is found and kept, so that nothing is replaced, left out, or added by a repetition of the same batch.
 * @throws what the store throws; then the batch is to come again.
 */
export const archiveChanges = async (
  store: ArchiveStore,
  changes: readonly ArchivedChange[],
  memory: Memory,
  tell: (fault: ArchiveFault) => void,
): Promise<void> => {
  let tip = memory.tip ?? (await findTip(store, tell));
  // Until this batch is done nothing is remembered: what fails in between leaves the question to the bucket.
  delete memory.tip;
  let rest = without(changes, tip);
  while (rest.length > 0) {
    const sequence = tip.sequence + 1;
    const bytes = renderArchive(sequence, tip.hash, rest);
    const outcome = await store.add(sequence, bytes);
    // Ours by an answer that was lost, or another's: either way it is the next link.
    tip = tipOf(sequence, outcome === 'added' ? bytes : await store.read(sequence));
    rest = without(rest, tip);
  }
  // Also where nothing was added: the head may be behind.
  await store.moveHead({ sequence: tip.sequence, hash: tip.hash });
  memory.tip = tip;
};

const without = (changes: readonly ArchivedChange[], { eventIds }: Tip): readonly ArchivedChange[] =>
  changes.filter(({ eventId }) => !eventIds.has(eventId));
