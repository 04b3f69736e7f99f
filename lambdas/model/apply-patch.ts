import { isDeepStrictEqual } from 'node:util';
import type * as z from 'zod';
import { fail } from '../kernel/errors.ts';
import { fieldErrorsOf } from './field-errors.ts';
import { mergePatch } from './merge-patch.ts';

/** Of a thing only what its input schema has: without id, version and times. */
export const inputOf = (schema: z.ZodObject, thing: object): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(thing).filter(([name]) => Object.hasOwn(schema.shape, name)));

/** A thing after a JSON Merge Patch of it. @throws Failure `invalid-result` when that is not valid */
export const applyPatch = <S extends z.ZodObject>(schema: S, before: object, patch: unknown): z.output<S> => {
  const { success, data, error } = schema.safeParse(mergePatch(inputOf(schema, before), patch));
  return success ? data : fail('invalid-result', fieldErrorsOf('body', error));
};

/** Whether a thing is what an input would make of it. */
export const isSameInput = (schema: z.ZodObject, thing: object, input: object): boolean =>
  isDeepStrictEqual(inputOf(schema, thing), inputOf(schema, input));
