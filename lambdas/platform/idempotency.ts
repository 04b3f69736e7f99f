import { createHash } from 'node:crypto';
import { fail } from '../kernel/errors.ts';
import { type Item, putIf, putNew, type Write } from '../kernel/session.ts';
import type { Caller, Clock } from '../kernel/use-case.ts';
import type { Success } from './answer.ts';
import { Refused } from './commit.ts';
import type { CommittingSession } from './tenant-session.ts';

/** How long a key is remembered. */
const keptHours = 24;

/** How far a request with a key has come. */
export interface Progress {
  /** Once there is nothing more to do. */
  readonly answer?: Success;
  /** Of a bulk change: what is answered for the elements that were carried out, by their places. */
  readonly done: Readonly<Record<number, unknown>>;
  /** Of the record: with each step one more. */
  readonly version: number;
}

/** One use of an Idempotency-Key: the record of its answer is written in the transaction of its effect. */
export interface Idempotency {
  /** The first answer, when this key was used before. @throws Failure when it was used for another request. */
  replay(): Promise<Success | undefined>;
  /** The record to commit beside the change. `shownOnce` fields are left out: a secret is never kept. */
  record(success: Success, shownOnce?: readonly string[]): Write;
  /** What is recorded of this key. @throws Failure when it was used for another request. */
  progress(): Promise<Progress | undefined>;
  /** The record of a request of several steps, before the first of them. */
  claim(): Write;
  /** One step more, of whoever took the last one: refused where another request has gone on meanwhile. */
  step(from: Progress, to: Omit<Progress, 'version'>): Write;
}

const digest = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url');

/** The collection its records live in. */
const idempotencyCollection = 'idempotency';

/** Another request with the same key was there before, or has gone on meanwhile. */
export const isOvertaken = (error: unknown): boolean =>
  error instanceof Refused && error.write.collection === idempotencyCollection;

const withoutFields = (success: Success, names: readonly string[]): Success => {
  if (typeof success.body !== 'object' || success.body === null) return success;
  const kept = Object.entries(success.body).filter(([name]) => !names.includes(name));
  return { ...success, body: Object.fromEntries(kept) };
};

/** Keys are the caller's own: two principals, or two routes, may use the same one. */
export const idempotencyOf = (
  session: CommittingSession,
  clock: Clock,
  caller: Caller,
  operation: string,
  key: string,
  input: unknown,
): Idempotency => {
  const recordKey = digest(caller.principal, operation, key);
  const fingerprint = digest(JSON.stringify(input));
  const nowSeconds = (): number => Math.floor(clock.now() / 1000);
  const item = (of: { readonly answer?: Success; readonly done?: Progress['done'] }, version: number): Item => ({
    schema: 1,
    version,
    fingerprint,
    ...(of.answer && { answer: JSON.stringify(of.answer) }),
    ...(of.done && { done: JSON.stringify(of.done) }),
    expiresAt: nowSeconds() + keptHours * 3600,
  });
  const putFirst = (first: Item): Write => putNew(idempotencyCollection, recordKey, first, 'unavailable', nowSeconds());
  const progress = async (): Promise<Progress | undefined> => {
    const known = await session.get(idempotencyCollection, recordKey);
    if (!known || Number(known.expiresAt) * 1000 <= clock.now()) return undefined;
    if (known.fingerprint !== fingerprint) fail('idempotency-key-reused');
    return {
      ...(known.answer !== undefined && { answer: JSON.parse(String(known.answer)) as Success }),
      done: JSON.parse(String(known.done ?? '{}')) as Progress['done'],
      version: Number(known.version ?? 1),
    };
  };
  return {
    progress,
    replay: async () => (await progress())?.answer,
    record: (success, shownOnce = []) => putFirst(item({ answer: withoutFields(success, shownOnce) }, 1)),
    claim: () => putFirst(item({ done: {} }, 1)),
    step: ({ version }, to) =>
      putIf(idempotencyCollection, recordKey, item(to, version + 1), { version }, 'unavailable'),
  };
};
