import * as z from 'zod';

/** A list that an annotation writes as text: one element a line. */
export const Lines = <T>(element: z.ZodType<T, string>) =>
  z
    .string()
    .transform((text) => text.split('\n').filter((line) => line.trim() !== ''))
    .pipe(z.array(element));

/** A list that an annotation writes as text: words with space between them. */
export const Words = <T>(element: z.ZodType<T, string>) =>
  z
    .string()
    .transform((text) => text.split(/\s+/).filter(Boolean))
    .pipe(z.array(element));
