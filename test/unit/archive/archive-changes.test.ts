import fc from 'fast-check';
import { archiveChanges, type Memory } from '../../../lambdas/archive/archive-changes.ts';
import { type ArchiveFault, lastSequence } from '../../../lambdas/archive/find-tip.ts';
import { type ArchivedChange, beforeFirst, hashOf, renderArchive } from '../../../lambdas/model/archive.ts';
import { chainOf, changeNumbered, type Fate, type Kept, Killed, nothingKept, storeOver } from './fake-store.ts';

const changes = (from: number, to: number): readonly ArchivedChange[] =>
  Array.from({ length: to - from + 1 }, (_, at) => changeNumbered(from + at));

const unheard = (): void => {
  throw new Error('Nothing is wrong with the archive.');
};

/** What must hold of every chain, however it came about: numbered from 1, each naming the one before, each change once. */
const expectWhole = (kept: Kept, expected: readonly ArchivedChange[]): void => {
  const chain = chainOf(kept);
  expect(chain.map(({ sequence }) => sequence)).toEqual(chain.map((_, at) => at + 1));
  expect(chain.map(({ header }) => header.sequence)).toEqual(chain.map(({ sequence }) => sequence));
  expect(chain.map(({ header }) => header.previous)).toEqual(
    chain.map((_, at) => (at === 0 ? beforeFirst : hashOf(chain[at - 1]?.bytes ?? new Uint8Array()))),
  );
  expect(chain.flatMap((each) => each.changes.map(({ eventId }) => eventId))).toEqual(
    expected.map(({ eventId }) => eventId),
  );
  const last = chain.at(-1);
  expect(kept.head).toEqual(last && { sequence: last.sequence, hash: hashOf(last.bytes) });
};

/** Lambda: the batch comes again, to a new instance, until it is done. In halves where it says so. */
const deliver = async (
  kept: Kept,
  batch: readonly ArchivedChange[],
  fates: Fate[],
  memory: Memory,
): Promise<Memory> => {
  try {
    await archiveChanges(storeOver(kept, fates), batch, memory, unheard);
    return memory;
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
    return deliver(kept, batch, fates, {});
  }
};

const fate = fc.constantFrom<Fate>('done', 'done', 'killed-before', 'killed-after');

describe('the chain of the archive', () => {
  it('is the same wherever an instance dies, and however often', async () => {
    const undisturbed = nothingKept();
    const batches = [changes(1, 3), changes(4, 4), changes(5, 9)];
    for (const batch of batches) await deliver(undisturbed, batch, [], {});
    await fc.assert(
      fc.asyncProperty(fc.array(fate, { maxLength: 40 }), async (fates) => {
        const kept = nothingKept();
        let memory: Memory = {};
        for (const batch of batches) memory = await deliver(kept, batch, fates, memory);
        expectWhole(kept, batches.flat());
        expect(chainOf(kept).map(({ bytes }) => hashOf(bytes))).toEqual(
          chainOf(undisturbed).map(({ bytes }) => hashOf(bytes)),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('is the same for a death before and after each single step', async () => {
    for (const killed of ['killed-before', 'killed-after'] as const)
      for (let at = 0; at < 12; at += 1) {
        const kept = nothingKept();
        const fates: Fate[] = [...Array.from({ length: at }, (): Fate => 'done'), killed];
        await deliver(kept, changes(1, 2), fates, {});
        await deliver(kept, changes(3, 4), fates, {});
        expectWhole(kept, changes(1, 4));
        expect(kept.objects.size).toBe(2);
      }
  });

  it('has each change once when a batch fails and comes again in halves', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fate, { maxLength: 12 }), fc.integer({ min: 1, max: 7 }), async (fates, cut) => {
        const kept = nothingKept();
        const batch = changes(1, 8);
        await archiveChanges(storeOver(kept, fates), batch, {}, unheard).catch((error) => {
          if (!(error instanceof Killed)) throw error;
        });
        await deliver(kept, batch.slice(0, cut), [], {});
        await deliver(kept, batch.slice(cut), [], {});
        const ids = chainOf(kept).flatMap((each) => each.changes.map(({ eventId }) => eventId));
        expect(ids).toEqual(batch.map(({ eventId }) => eventId));
      }),
      { numRuns: 300 },
    );
  });

  it('loses nothing and leaves no gap when two instances write at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.boolean(), async (scheduler, isSame) => {
        const kept = nothingKept();
        await deliver(kept, changes(1, 2), [], {});
        const turns = (label: string) => {
          const store = storeOver(kept);
          const turn = <T>(run: () => Promise<T>): Promise<T> => scheduler.schedule(Promise.resolve(), label).then(run);
          return {
            head: () => turn(store.head),
            moveHead: (head: Parameters<typeof store.moveHead>[0]) => turn(() => store.moveHead(head)),
            firstAfter: (sequence: number) => turn(() => store.firstAfter(sequence)),
            read: (sequence: number) => turn(() => store.read(sequence)),
            add: (sequence: number, bytes: Uint8Array) => turn(() => store.add(sequence, bytes)),
          };
        };
        const second = isSame ? changes(3, 5) : changes(6, 7);
        const both = Promise.all([
          archiveChanges(turns('a'), changes(3, 5), {}, unheard),
          archiveChanges(turns('b'), second, {}, unheard),
        ]);
        await scheduler.waitFor(both);
        const ids = chainOf(kept).flatMap((each) => each.changes.map(({ eventId }) => eventId));
        const expected = [...changes(1, 5), ...(isSame ? [] : second)].map(({ eventId }) => eventId);
        expect([...ids].sort()).toEqual([...expected].sort());
        const chain = chainOf(kept);
        for (const [at, { header }] of chain.entries())
          expect(header.previous).toBe(at === 0 ? beforeFirst : hashOf(chain[at - 1]?.bytes ?? new Uint8Array()));
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['lost', undefined],
    ['behind', { sequence: 2, hash: '' }],
  ])('goes on from the bucket when the head is %s', async (_, remembered) => {
    const kept = nothingKept();
    for (let at = 1; at <= 37; at += 1) await deliver(kept, changes(at, at), [], {});
    const second = kept.objects.get(2) ?? new Uint8Array();
    kept.head = remembered && { ...remembered, hash: hashOf(second) };
    await deliver(kept, changes(37, 39), [], {});
    expectWhole(kept, changes(1, 39));
  });

  it('is found again in few listings, however long it is and wherever the head was', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5_000_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (length, part) => {
          let listings = 0;
          const firstAfter = async (sequence: number) => {
            listings += 1;
            return sequence < length ? sequence + 1 : undefined;
          };
          expect(await lastSequence({ firstAfter }, Math.floor(part * length))).toBe(length);
          expect(listings).toBeLessThan(60);
        },
      ),
    );
  });

  it('goes on where another instance went on, though it remembers an older end', async () => {
    const kept = nothingKept();
    const memory = await deliver(kept, changes(1, 1), [], {});
    await deliver(kept, changes(2, 2), [], {});
    await deliver(kept, changes(3, 3), [], memory);
    expectWhole(kept, changes(1, 3));
  });
});

describe('an archive that was touched', () => {
  const stocked = async (): Promise<Kept> => {
    const kept = nothingKept();
    for (let at = 1; at <= 3; at += 1) await deliver(kept, changes(at, at), [], {});
    return kept;
  };
  const faultsOf = async (kept: Kept): Promise<readonly ArchiveFault[]> => {
    const faults: ArchiveFault[] = [];
    await archiveChanges(storeOver(kept), changes(4, 4), {}, (fault) => faults.push(fault));
    return faults;
  };

  it('is told of, and the next object names what had been there, when the last one is another', async () => {
    const kept = await stocked();
    const original = kept.head?.hash;
    kept.objects.set(3, renderArchive(3, beforeFirst, changes(3, 3)));
    expect(await faultsOf(kept)).toEqual([{ what: 'overwritten', sequence: 3 }]);
    expect(chainOf(kept).at(-1)?.header).toMatchObject({ sequence: 4, previous: original });
  });

  it('is told of, and its number is not used again, when the last one is gone', async () => {
    const kept = await stocked();
    const original = kept.head?.hash;
    kept.objects.delete(3);
    expect(await faultsOf(kept)).toEqual([{ what: 'deleted', sequence: 3 }]);
    expect(chainOf(kept).at(-1)?.header).toMatchObject({ sequence: 4, previous: original });
  });

  it('is not told of when all is well', async () => {
    expect(await faultsOf(await stocked())).toEqual([]);
  });
});
