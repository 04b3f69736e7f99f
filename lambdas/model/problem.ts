import * as z from 'zod';
import { errorCodes } from '../kernel/errors.ts';

/** RFC 9457 problem document, as the API describes it. */
export const ProblemShape = z
  .strictObject({
    type: z.string().describe('Path of the page about this error'),
    title: z.string(),
    status: z.int(),
    code: z.enum(errorCodes).describe('For programs: stable, and one of a closed list'),
    detail: z.string().describe('What to do'),
    errors: z
      .array(z.strictObject({ field: z.string().describe('body.aliases.0, query.tier'), expected: z.string() }))
      .optional()
      .describe('Each field that was refused'),
    instance: z.string().optional().describe('Id of an internal error, for support'),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem document' });
