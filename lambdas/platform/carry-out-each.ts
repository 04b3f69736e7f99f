import type * as z from 'zod';
import { fail, problemOf } from '../kernel/errors.ts';
import { fieldErrorsOf } from '../model/field-errors.ts';
import type { BulkProgress } from './bulk-progress.ts';
import { type AnyResult, type Run, runAndCommit, type Visit } from './carry-out.ts';
import { isTimeOver, toldOf } from './failure-of.ts';
import { isOvertaken } from './idempotency.ts';

const parsed = (schema: z.ZodType, element: unknown): unknown => {
  const { success, data, error } = schema.safeParse(element);
  return success ? data : fail('invalid-request', fieldErrorsOf('body', error));
};

/** What is answered for an element that cannot be carried out. @throws what ends the whole request */
const refusedFor = (error: unknown, at: number): unknown => {
  if (isOvertaken(error) || isTimeOver(error)) throw error;
  const { code, fields, instance } = toldOf(error);
  // To its use case the element is the whole body.
  const where = fields.map(({ field, expected }) => ({ field: field.replace(/^body/, `body.items.${at}`), expected }));
  return { outcome: 'refused', problem: problemOf(code, where, instance) };
};

/**
 * The elements of a bulk change, one after the other: two of them may be about the same thing, or want the same
 * reference. What was done stays done when the time is over: the caller sends the same again.
 * @throws Failure `deadline-exceeded`; Refused where another request with the same key has gone on
 */
export const carryOutEach = async (
  visit: Visit,
  run: Run,
  items: readonly unknown[],
  progress?: BulkProgress,
): Promise<readonly unknown[]> => {
  const { each } = visit.route;
  if (!each) return fail('internal');
  const one = async (element: unknown, at: number): Promise<unknown> => {
    try {
      const body = parsed(each, element);
      const noted = (result: AnyResult) => (progress ? [progress.step(at, result.body)] : []);
      const result = await runAndCommit(visit, () => run({ body } as never), noted);
      if (result.writes?.length !== 0) progress?.stepped(at, result.body);
      return result.body;
    } catch (error) {
      return refusedFor(error, at);
    }
  };
  const answers: unknown[] = [];
  for (const [at, element] of items.entries()) answers.push(progress?.answerOf(at) ?? (await one(element, at)));
  return answers;
};
