import { type ArchivedChange, hashOf } from '../../lambdas/model/archive.ts';
import type { Fault } from './check-archive.ts';

/** What is remembered of the changes so far. */
export interface EventMemory {
  /** Stream event id → hash of the change. Of the last ones only: a stream repeats within a day. */
  readonly seen: Map<string, string>;
  /** Partition key → the last change's number in the stream. */
  readonly newest: Map<string, bigint>;
}

export const eventMemory = (): EventMemory => ({ seen: new Map(), newest: new Map() });

const seenMax = 200_000;

const remember = ({ seen }: EventMemory, eventId: string, hash: string): void => {
  seen.set(eventId, hash);
  if (seen.size <= seenMax) return;
  for (const oldest of seen.keys()) {
    seen.delete(oldest);
    return;
  }
};

/**
 * A stream tells the changes of one partition key in their order, and may tell one twice. A second change under the same
 * id, or an order that is not the stream's, was not written by the archive function.
 */
export const checkEvents = (
  key: string,
  changes: readonly ArchivedChange[],
  memory: EventMemory,
): { readonly faults: readonly Fault[]; readonly repeated: number } => {
  const faults: Fault[] = [];
  let repeated = 0;
  for (const change of changes) {
    const hash = hashOf(Buffer.from(JSON.stringify(change)));
    const known = memory.seen.get(change.eventId);
    if (known === hash) {
      repeated += 1;
      continue;
    }
    if (known !== undefined)
      faults.push({
        key,
        found: `event ${change.eventId} differs from one of that id before it`,
        expected: 'the same change where an id comes again',
      });
    remember(memory, change.eventId, hash);
    const partition = JSON.stringify(change.keys.pk);
    const number = BigInt(change.sequenceNumber);
    const last = memory.newest.get(partition);
    if (last !== undefined && number <= last)
      faults.push({
        key,
        found: `event ${change.eventId} has number ${number} in the stream`,
        expected: `a number above ${last}, which came before it in ${partition}`,
      });
    else memory.newest.set(partition, number);
  }
  return { faults, repeated };
};
