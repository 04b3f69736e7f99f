import { changedEvents } from '../../lambdas/archive/changed-events.ts';
import {
  type Archive,
  ArchiveError,
  archiveKey,
  beforeFirst,
  hashOf,
  parseArchive,
  sequenceOf,
} from '../../lambdas/model/archive.ts';
import type { ArchivedObject } from './archived-object.ts';
import { checkEvents, type EventMemory, eventMemory } from './check-events.ts';
import { type Kept, lockFaults, versionFaults } from './check-keeping.ts';

/** Something that is not as it was written. */
export interface Fault {
  readonly key: string;
  readonly found: string;
  readonly expected: string;
}

/** What an archive came to. */
export interface Findings {
  readonly faults: Fault[];
  objects: number;
  events: number;
  /** Told twice by the stream, word for word: harmless. */
  repeated: number;
  /** Audit events that the archive says were overwritten or deleted in their table. */
  changed: number;
  /** Objects whose lock is over, as the stage wants it. */
  unlocked: number;
  first?: string;
  last?: string;
  readonly tenants: Set<string>;
  /** Of the last object: keep it, and the next run can show that nothing before it was changed. */
  lastHash?: string;
  lastKey?: string;
}

/** Looks at one object after another; memory does not grow with the archive, but with its tenants. */
export const archiveCheck = (from: number, kept: Kept) => {
  const findings: Findings = {
    faults: [],
    objects: 0,
    events: 0,
    repeated: 0,
    changed: 0,
    unlocked: 0,
    tenants: new Set(),
  };
  const memory = eventMemory();
  let next = Math.max(1, from - 1);
  let previous: string | undefined = next === 1 ? beforeFirst : undefined;
  const fault = (key: string, found: string, expected: string): void =>
    void findings.faults.push({ key, found, expected });

  const expectNumber = (object: ArchivedObject): number | undefined => {
    const sequence = sequenceOf(object.key);
    if (sequence === undefined) {
      fault(object.key, 'it is no object of the archive', `keys such as ${archiveKey(1)}`);
      return undefined;
    }
    for (let missing = next; missing < sequence && missing < next + 3; missing += 1)
      fault(archiveKey(missing), 'it is missing', `an object for every number up to ${sequence}`);
    if (sequence !== next) previous = undefined;
    next = sequence + 1;
    return sequence;
  };

  const archiveIn = (key: string, sequence: number, bytes: Uint8Array): Archive | undefined => {
    try {
      const archive = parseArchive(bytes);
      if (archive.header.sequence !== sequence)
        fault(key, `its header says number ${archive.header.sequence}`, `number ${sequence}, as its key says`);
      if (previous !== undefined && archive.header.previous !== previous)
        fault(
          key,
          `it follows an object with hash ${archive.header.previous}`,
          `the hash of the one before: ${previous}`,
        );
      return archive;
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error;
      fault(key, error.message, 'a header and the changes it counts');
      return undefined;
    }
  };

  const see = (object: ArchivedObject): void => {
    const sequence = expectNumber(object);
    if (sequence === undefined) return;
    const { key, bytes } = object;
    const archive = bytes && archiveIn(key, sequence, bytes);
    previous = bytes && hashOf(bytes);
    // The one before the first is read for its hash only.
    if (sequence < from) return;
    findings.objects += 1;
    findings.faults.push(...versionFaults(object), ...lockFaults(object, kept));
    if (object.lock && object.lock.until.getTime() <= kept.now) findings.unlocked += 1;
    if (previous) Object.assign(findings, { lastHash: previous, lastKey: key });
    if (archive) count(findings, archive, memory, key);
  };
  return { see, findings };
};

const count = (findings: Findings, { header, changes }: Archive, memory: EventMemory, key: string): void => {
  const { faults, repeated } = checkEvents(key, changes, memory);
  findings.faults.push(...faults);
  findings.repeated += repeated;
  findings.events += changes.length - repeated;
  findings.changed += changedEvents(changes).length;
  findings.first ??= header.first;
  if (findings.first > header.first) findings.first = header.first;
  if (!findings.last || findings.last < header.last) findings.last = header.last;
  for (const { keys } of changes) {
    const { S: pk } = (keys.pk ?? {}) as { readonly S?: unknown };
    if (typeof pk === 'string') findings.tenants.add(pk.split('#')[0] ?? '');
  }
};
