import type { ArchivedObject } from './archived-object.ts';
import type { Fault } from './check-archive.ts';

/** How the stage wants objects kept. */
export interface Kept {
  readonly mode: string;
  readonly days: number;
  /** Epoch milliseconds. */
  readonly now: number;
}

const day = 86_400_000;
const shown = (at: Date): string => at.toISOString().slice(0, 16).replace('T', ' ');

/** The archive is added to and nothing else: whatever is put over an object is not ours. */
export const versionFaults = ({ key, versions }: ArchivedObject): readonly Fault[] => {
  const [first, ...later] = versions;
  if (first.isDeleteMarker) return [{ key, found: 'its versions are gone', expected: 'one version under lock' }];
  return later.map(({ id, isDeleteMarker, at }) => ({
    key,
    found: `${isDeleteMarker ? 'a delete marker' : 'another version'} (${id}) was put over it on ${shown(at)}`,
    expected: `version ${first.id} alone`,
  }));
};

/** The lock as the stage wants it, for as long as the stage wants it. After that it may be over. */
export const lockFaults = ({ key, versions, bytes, lock }: ArchivedObject, kept: Kept): readonly Fault[] => {
  if (!bytes) return [];
  const due = versions[0].at.getTime() + kept.days * day;
  if (!lock) return [{ key, found: 'it has no lock', expected: `${kept.mode} until ${shown(new Date(due))}` }];
  const faults: Fault[] = [];
  if (lock.mode !== kept.mode && !(lock.mode === 'COMPLIANCE'))
    faults.push({ key, found: `its lock is in mode ${lock.mode}`, expected: kept.mode });
  if (lock.until.getTime() <= kept.now && due > kept.now)
    faults.push({
      key,
      found: `its lock ended on ${shown(lock.until)}`,
      expected: `until ${shown(new Date(due))}: the stage keeps ${kept.days} days`,
    });
  return faults;
};
