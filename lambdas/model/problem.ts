import * as z from 'zod';
import { errorCodes, problemOf } from '../kernel/errors.ts';

/** RFC 9457 problem document, as the API describes it. */
export const ProblemShape = z
  .strictObject({
    type: z.string().max(100).describe('Path of the page about this error'),
    title: z.string().max(200),
    status: z.int().min(400).max(599),
    code: z.enum(errorCodes).describe('For programs: stable, and one of a closed list'),
    detail: z.string().max(500).describe('What to do'),
    errors: z
      .array(
        z.strictObject({
          field: z.string().max(500).describe('body.aliases.0, query.tier'),
          expected: z.string().max(2000),
        }),
      )
      .max(20)
      .optional()
      .describe('Each field that was refused'),
    instance: z.string().max(64).optional().describe('Id of an internal error, for support'),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem document', examples: [problemOf('alias-taken')] });
