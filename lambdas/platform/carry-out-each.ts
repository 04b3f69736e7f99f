import type * as z from 'zod';
import { fail, problemOf } from '../kernel/errors.ts';
import { fieldErrorsOf } from '../model/field-errors.ts';
import { type AnyResult, type Run, runAndCommit, type Visit } from './carry-out.ts';
import { toldOf } from './failure-of.ts';

export interface BulkInput {
  readonly body: { readonly items: readonly unknown[] };
}

const parsed = (schema: z.ZodType, element: unknown, at: number): unknown => {
  const { success, data, error } = schema.safeParse(element);
  return success ? data : fail('invalid-request', fieldErrorsOf(`body.items.${at}`, error));
};

/**
 * The elements of a bulk change, one after the other: two of them may be about the same thing, or want the same
 * reference. What was done stays done when the time is over: the caller sends the same again.
 * @throws Failure `deadline-exceeded`
 */
export const carryOutEach = async (
  visit: Visit,
  run: Run,
  items: readonly unknown[],
): Promise<{ readonly items: readonly unknown[] }> => {
  const { each } = visit.route;
  if (!each) return fail('internal');
  const one = async (element: unknown, at: number): Promise<unknown> => {
    try {
      const body = parsed(each, element, at);
      const result: AnyResult = await runAndCommit(visit, () => run({ body } as never));
      return result.body;
    } catch (error) {
      const { code, fields, instance } = toldOf(error);
      if (code === 'deadline-exceeded') throw error;
      return { outcome: 'refused', problem: problemOf(code, fields, instance) };
    }
  };
  const answers: unknown[] = [];
  for (const [at, element] of items.entries()) answers.push(await one(element, at));
  return { items: answers };
};
