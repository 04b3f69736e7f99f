import * as z from 'zod';
import { problemOf } from '../kernel/errors.ts';
import { ProblemShape } from './problem.ts';

export const bulkMost = 100;

/** The body of a bulk change: things of one kind, each carried out on its own. */
export const bulkOf = <S extends z.ZodType>(element: S) =>
  z.strictObject({ items: z.array(element).min(1).max(bulkMost) });

/** One answer for each element, in the same order. */
export const bulkAnswer = <Id extends z.ZodType>(id: Id) =>
  z.strictObject({
    items: z
      .array(
        z.strictObject({
          outcome: z.enum(['created', 'replaced', 'unchanged', 'refused']),
          id: id.optional(),
          version: z.int().min(1).optional(),
          problem: ProblemShape.optional().describe('Why it was refused'),
        }),
      )
      .max(bulkMost)
      .meta({
        examples: [
          [
            { outcome: 'created', version: 1 },
            { outcome: 'refused', problem: problemOf('alias-taken') },
          ],
        ],
      }),
  });

/** Replaced only while it still has this version. */
export const seenVersion = { version: z.int().min(1).optional().describe('Replace only what still has this version') };
