import type { APIGatewayProxyResult } from 'aws-lambda';
import { fail } from '../kernel/errors.ts';
import { answer } from './answer.ts';
import { bulkProgress } from './bulk-progress.ts';
import { type Run, successOf, type Visit } from './carry-out.ts';
import { carryOutEach } from './carry-out-each.ts';
import { type Idempotency, isOvertaken, type Progress } from './idempotency.ts';
import type { CommittingSession } from './tenant-session.ts';

export interface BulkInput {
  readonly body: { readonly items: readonly unknown[] };
}

const lookMs = 200;
/** So often nothing new is seen before whoever had begun is taken for dead. */
const looks = 10;

/** Another request has begun with this key: its answer, or how far it came before nothing more was seen of it. */
const awaited = async (idempotency: Idempotency): Promise<Progress> => {
  let last: Progress | undefined;
  for (let still = 0; ; ) {
    const now: Progress = (await idempotency.progress()) ?? fail('unavailable');
    still = now.version === last?.version ? still + 1 : 0;
    if (now.answer || still === looks) return now;
    last = now;
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
};

/**
 * Claims the key before anything is carried out: whatever becomes of this request, the key stands for no other. Of
 * several requests at once one claims it, and the others wait for its answer.
 */
const begun = async (
  session: CommittingSession,
  idempotency: Idempotency,
): Promise<{ readonly from: Progress; readonly isRepeated: boolean }> => {
  const earlier = await idempotency.progress();
  try {
    if (!earlier) await session.commit([idempotency.claim()]);
  } catch (error) {
    if (!isOvertaken(error)) throw error;
    return { from: await awaited(idempotency), isRepeated: true };
  }
  return earlier
    ? { from: await awaited(idempotency), isRepeated: true }
    : { from: { done: {}, version: 1 }, isRepeated: false };
};

/** Refused for what may pass: the same request sent again tries those anew, and only those. */
const mayPass = (answered: unknown): boolean => {
  const { problem } = answered as { readonly problem?: { readonly status: number } };
  return problem !== undefined && problem.status >= 500;
};

/** Carries out a bulk change, under an Idempotency-Key each of its elements once. */
export const carryOutBulk = async (
  visit: Visit,
  run: Run,
  items: readonly unknown[],
  idempotency: Idempotency | undefined,
): Promise<APIGatewayProxyResult> => {
  const { route, session } = visit;
  const successWith = (answers: readonly unknown[]) => successOf(route, { body: { items: answers } });
  if (!idempotency) return answer(successWith(await carryOutEach(visit, run, items)));
  const { from, isRepeated } = await begun(session, idempotency);
  for (let known = from; ; ) {
    if (known.answer) return answer(known.answer, isRepeated);
    const progress = bulkProgress(idempotency, known);
    try {
      const answers = await carryOutEach(visit, run, items, progress);
      const success = successWith(answers);
      if (!answers.some(mayPass)) await session.commit([progress.end(success)]);
      return answer(success, isRepeated);
    } catch (error) {
      if (!isOvertaken(error)) throw error;
      known = (await idempotency.progress()) ?? fail('unavailable');
    }
  }
};
