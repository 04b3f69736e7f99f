import * as z from 'zod';

/** What operators call a tenant: short, for ever, unique in the stage. */
export const Slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected lower-case letters and digits, separated by single -')
  .max(40);

/** A sort key, as the last answer gave it. */
export const Key = z.string().min(1).max(1024);
