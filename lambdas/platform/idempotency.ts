import { createHash } from 'node:crypto';
import { fail } from '../kernel/errors.ts';
import { putNew, type Write } from '../kernel/session.ts';
import type { Caller, Clock } from '../kernel/use-case.ts';
import type { Success } from './answer.ts';
import type { CommittingSession } from './tenant-session.ts';

/** How long a key is remembered. */
const keptHours = 24;

/** One use of an Idempotency-Key: the record of its answer is written in the transaction of its effect. */
export interface Idempotency {
  /** The first answer, when this key was used before. @throws Failure when it was used for another request. */
  replay(): Promise<Success | undefined>;
  /** The record to commit beside the change. `shownOnce` fields are left out: a secret is never kept. */
  record(success: Success, shownOnce?: readonly string[]): Write;
}

const digest = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url');

/** The collection its records live in. */
export const idempotencyCollection = 'idempotency';

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
  return {
    replay: async () => {
      const known = await session.get(idempotencyCollection, recordKey);
      if (!known || Number(known.expiresAt) * 1000 <= clock.now()) return undefined;
      if (known.fingerprint !== fingerprint) fail('idempotency-key-reused');
      return JSON.parse(String(known.answer)) as Success;
    },
    record: (success, shownOnce = []) => {
      const nowSeconds = Math.floor(clock.now() / 1000);
      const body =
        typeof success.body === 'object' && success.body !== null
          ? Object.fromEntries(Object.entries(success.body).filter(([name]) => !shownOnce.includes(name)))
          : success.body;
      return putNew(
        idempotencyCollection,
        recordKey,
        {
          schema: 1,
          fingerprint,
          answer: JSON.stringify({ ...success, body }),
          expiresAt: nowSeconds + keptHours * 3600,
        },
        'unavailable',
        nowSeconds,
      );
    },
  };
};
