import type { ArchivedObject } from '../../../bin/audit/archived-object.ts';
import { archiveCheck } from '../../../bin/audit/check-archive.ts';
import { type ArchivedChange, archiveKey, beforeFirst, hashOf, renderArchive } from '../../../lambdas/model/archive.ts';
import { changeNumbered } from '../archive/fake-store.ts';

const now = Date.parse('2026-11-23T12:00:00.000Z');
const kept = { mode: 'COMPLIANCE', days: 400, now };
const put = new Date('2026-11-01T00:00:00.000Z');
const until = new Date(put.getTime() + 400 * 86_400_000);

const objectOf = (sequence: number, bytes: Uint8Array): ArchivedObject => ({
  key: archiveKey(sequence),
  versions: [{ id: `v${sequence}`, isDeleteMarker: false, at: put }],
  bytes,
  lock: { mode: 'COMPLIANCE', until },
});

/** A whole archive of objects with these changes. */
const archiveOf = (...batches: readonly (readonly ArchivedChange[])[]): ArchivedObject[] => {
  let previous = beforeFirst;
  return batches.map((changes, at) => {
    const bytes = renderArchive(at + 1, previous, changes);
    previous = hashOf(bytes);
    return objectOf(at + 1, bytes);
  });
};
const whole = () =>
  archiveOf([changeNumbered(1), changeNumbered(2)], [changeNumbered(3)], [changeNumbered(4)], [changeNumbered(5)]);

const findingsOf = (objects: readonly ArchivedObject[], from = 1) => {
  const { see, findings } = archiveCheck(from, kept);
  for (const object of objects) see(object);
  return findings;
};
const changed = (objects: ArchivedObject[], at: number, change: Partial<ArchivedObject>): ArchivedObject[] =>
  objects.map((object, index) => (index === at ? { ...object, ...change } : object));
const edited = (bytes: Uint8Array | undefined, from: string, to: string): Uint8Array =>
  Buffer.from(
    Buffer.from(bytes ?? [])
      .toString('utf8')
      .replace(from, to),
  );

describe('an archive that is whole', () => {
  it('has no fault, and is summed up', () => {
    expect(findingsOf(whole())).toMatchObject({
      faults: [],
      objects: 4,
      events: 5,
      repeated: 0,
      changed: 0,
      unlocked: 0,
      first: changeNumbered(1).at,
      last: changeNumbered(5).at,
      lastKey: archiveKey(4),
      lastHash: hashOf(whole()[3]?.bytes ?? new Uint8Array()),
      tenants: new Set(['ten_000000000001']),
    });
  });

  it('may tell a change twice, word for word', () => {
    const findings = findingsOf(
      archiveOf([changeNumbered(1), changeNumbered(2)], [changeNumbered(2), changeNumbered(3)]),
    );
    expect(findings).toMatchObject({ faults: [], events: 3, repeated: 1 });
  });

  it('may have changes of other partitions in any order', () => {
    const other = { ...changeNumbered(1), keys: { pk: { S: 'ten_000000000002#audit#2026-09' } } };
    expect(findingsOf(archiveOf([changeNumbered(5)], [other])).faults).toEqual([]);
  });

  it('may have locks that are over, when the days of the stage are', () => {
    const old = new Date(now - 500 * 86_400_000);
    const objects = changed(whole(), 0, {
      versions: [{ id: 'v1', isDeleteMarker: false, at: old }],
      lock: { mode: 'COMPLIANCE', until: new Date(old.getTime() + 400 * 86_400_000) },
    });
    expect(findingsOf(objects)).toMatchObject({ faults: [], unlocked: 1 });
  });

  it('is checked from an object on: the one before it is read for its hash, and not counted', () => {
    expect(findingsOf(whole().slice(1), 3)).toMatchObject({ faults: [], objects: 2, events: 2 });
    const [, second, ...rest] = whole();
    if (!second) throw new Error('There are four.');
    const touched = { ...second, bytes: edited(second.bytes, 'event-3', 'event-9') };
    expect(findingsOf([touched, ...rest], 3).faults).toMatchObject([{ key: archiveKey(3) }]);
  });

  it('tells of audit events that were changed in their table, which it has as they were', () => {
    const deleted: ArchivedChange = { ...changeNumbered(2), change: 'REMOVE', old: { id: { S: 'evt_1' } } };
    expect(findingsOf(archiveOf([changeNumbered(1), deleted]))).toMatchObject({ faults: [], changed: 1 });
  });
});

const tampered: readonly (readonly [name: string, objects: () => ArchivedObject[], key: number, found: string])[] = [
  [
    'a changed byte in the middle, by the object after it',
    () => changed(whole(), 1, { bytes: edited(whole()[1]?.bytes, 'event-3', 'event-9') }),
    3,
    'it follows an object with hash',
  ],
  [
    'an object that was rewritten with a right header, by the object after it',
    () =>
      changed(whole(), 1, {
        bytes: renderArchive(2, hashOf(whole()[0]?.bytes ?? Buffer.from('')), [changeNumbered(9)]),
      }),
    3,
    'it follows an object with hash',
  ],
  ['an object that is gone', () => whole().filter((_, at) => at !== 1), 2, 'it is missing'],
  ['the first that is gone', () => whole().slice(1), 1, 'it is missing'],
  [
    'two objects that changed places',
    () => {
      const [, second, third] = whole();
      return changed(changed(whole(), 1, { bytes: third?.bytes ?? Buffer.from('') }), 2, {
        bytes: second?.bytes ?? Buffer.from(''),
      });
    },
    2,
    'its header says number 3',
  ],
  [
    'another version on top',
    () =>
      changed(whole(), 2, {
        versions: [
          { id: 'v3', isDeleteMarker: false, at: put },
          { id: 'v3b', isDeleteMarker: false, at: new Date(now) },
        ],
      }),
    3,
    'another version (v3b) was put over it on 2026-11-23 12:00',
  ],
  [
    'a delete marker on top',
    () =>
      changed(whole(), 2, {
        versions: [
          { id: 'v3', isDeleteMarker: false, at: put },
          { id: 'v3b', isDeleteMarker: true, at: new Date(now) },
        ],
      }),
    3,
    'a delete marker (v3b) was put over it',
  ],
  [
    'a delete marker alone',
    () => {
      const { bytes: _, lock: __, ...rest } = whole()[3] ?? objectOf(4, Buffer.from(''));
      return [...whole().slice(0, 3), { ...rest, versions: [{ id: 'd', isDeleteMarker: true, at: put }] }];
    },
    4,
    'its versions are gone',
  ],
  [
    'an object without a lock',
    () => {
      const { lock: _, ...rest } = whole()[3] ?? objectOf(4, Buffer.from(''));
      return [...whole().slice(0, 3), rest];
    },
    4,
    'it has no lock',
  ],
  [
    'a lock that ended too early',
    () => changed(whole(), 3, { lock: { mode: 'COMPLIANCE', until: new Date(now - 1) } }),
    4,
    'its lock ended on 2026-11-23 11:59',
  ],
  [
    'a lock that somebody can open',
    () => changed(whole(), 3, { lock: { mode: 'GOVERNANCE', until } }),
    4,
    'its lock is in mode GOVERNANCE',
  ],
  [
    'a last object that is cut short',
    () => changed(whole(), 3, { bytes: whole()[3]?.bytes?.slice(0, -9) ?? Buffer.from('') }),
    4,
    'the last line does not end',
  ],
  [
    'what is no object of the archive',
    () => [...whole(), { ...objectOf(5, Buffer.from('x')), key: 'audit/notes.txt' }],
    5,
    'it is no object of the archive',
  ],
  [
    'a change under an id that was another change',
    () => archiveOf([changeNumbered(1)], [{ ...changeNumbered(2), eventId: 'event-1' }]),
    2,
    'event event-1 differs from one of that id before it',
  ],
  [
    'changes in another order than the stream’s',
    () => archiveOf([changeNumbered(2)], [changeNumbered(1)]),
    2,
    'has number 1 in the stream',
  ],
];

describe('verify names', () => {
  it.each(tampered)('%s', (_, objects, key, found) => {
    const [first] = findingsOf(objects()).faults;
    expect(first?.found).toContain(found);
    expect(first?.key).toBe(found.startsWith('it is no object') ? 'audit/notes.txt' : archiveKey(key));
    expect(first?.expected).not.toBe('');
  });
});
