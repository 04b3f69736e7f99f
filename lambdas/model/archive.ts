import { createHash } from 'node:crypto';
import * as z from 'zod';

/** Every object of the archive is under this; beside it, under `AWSLogs/`, is what CloudTrail delivers. */
export const archivePrefix = 'audit/';

const keyPattern = /^audit\/(\d{12})\.ndjson$/;

/** Objects are numbered from 1 without gaps; twelve digits sort as text and last for ever. */
export const archiveKey = (sequence: number): string => `${archivePrefix}${String(sequence).padStart(12, '0')}.ndjson`;

/** The number of an object, or undefined where the key is none of the archive's. */
export const sequenceOf = (key: string): number | undefined => {
  const digits = keyPattern.exec(key)?.[1];
  return digits === undefined ? undefined : Number(digits);
};

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** What the first object says came before it. */
export const beforeFirst = '0'.repeat(64);

/** Attributes as DynamoDB writes them, `{"S":"…"}`: nothing is lost on the way. */
const Attributes = z.record(z.string(), z.unknown());

/** One change of the audit table, as its stream told it. */
export const ArchivedChange = z.strictObject({
  /** Of the stream: the same when a change is told twice. */
  eventId: z.string().min(1),
  change: z.enum(['INSERT', 'MODIFY', 'REMOVE']),
  at: z.iso.datetime(),
  sequenceNumber: z.string().regex(/^\d+$/),
  keys: Attributes,
  new: Attributes.optional(),
  old: Attributes.optional(),
  /** Who removed it, where that was DynamoDB itself. */
  by: z.unknown().optional(),
});
export type ArchivedChange = z.output<typeof ArchivedChange>;

/** The first line of an object. */
export const ArchiveHeader = z.strictObject({
  schema: z.literal(1),
  sequence: z.int().min(1),
  /** SHA-256 of the bytes of the object before it, in hex. */
  previous: z.string().regex(/^[0-9a-f]{64}$/),
  count: z.int().min(1),
  /** Times of the earliest and the latest change in it. */
  first: z.iso.datetime(),
  last: z.iso.datetime(),
});
export type ArchiveHeader = z.output<typeof ArchiveHeader>;

/** An object as bytes. The same changes after the same object give the same bytes, whenever it is written. */
export const renderArchive = (sequence: number, previous: string, changes: readonly ArchivedChange[]): Uint8Array => {
  const times = changes.map(({ at }) => at).sort();
  const [first = '', last = ''] = [times[0], times.at(-1)];
  const header: ArchiveHeader = { schema: 1, sequence, previous, count: changes.length, first, last };
  return Buffer.from([header, ...changes].map((line) => `${JSON.stringify(line)}\n`).join(''));
};

export interface Archive {
  readonly header: ArchiveHeader;
  readonly changes: readonly ArchivedChange[];
}

/** Why bytes are no object of the archive. The message says where and what was expected. */
export class ArchiveError extends Error {}

const parseLine = <T>(schema: z.ZodType<T>, line: string, at: number): T => {
  const place = `line ${at + 1}`;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new ArchiveError(`${place} is no JSON`);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ArchiveError(`${place}: ${issue?.path.join('.') || 'it'}: ${issue?.message}`);
};

/** @throws ArchiveError */
export const parseArchive = (bytes: Uint8Array): Archive => {
  const lines = Buffer.from(bytes).toString('utf8').split('\n');
  if (lines.pop() !== '') throw new ArchiveError('the last line does not end');
  const [head = '', ...rest] = lines;
  const header = parseLine(ArchiveHeader, head, 0);
  const changes = rest.map((line, at) => parseLine(ArchivedChange, line, at + 1));
  if (changes.length !== header.count)
    throw new ArchiveError(`it holds ${changes.length} changes, and its header counts ${header.count}`);
  const times = changes.map(({ at }) => at).sort();
  if (times[0] !== header.first || times.at(-1) !== header.last)
    throw new ArchiveError(
      `its changes are from ${times[0]} to ${times.at(-1)}, and its header says ${header.first} to ${header.last}`,
    );
  return { header, changes };
};
