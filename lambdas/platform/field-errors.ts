import type { z } from 'zod';
import type { FieldError } from '../kernel/errors.ts';

/** The fields a schema refused and what it expected there, never what was sent. */
export const fieldErrorsOf = (place: string, error: z.ZodError): FieldError[] =>
  error.issues.flatMap((issue) => {
    const field = [place, ...issue.path.map((step) => String(step).slice(0, 80))].join('.');
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ field: `${field}.${key.slice(0, 80)}`, expected: 'no such property' }));
    }
    if (issue.code === 'invalid_union') {
      const expected = [...new Set(issue.errors.flat().map(({ message }) => message))].slice(0, 4).join('; or ');
      return [{ field, expected: expected || issue.message }];
    }
    return [{ field, expected: issue.message.replace(/^Invalid input: /, '') }];
  });
