import * as z from 'zod';
import { Url, Word } from './words.ts';

/** What it is for, such as `alerts`. */
const purpose = Word.optional();

/** How to reach people. */
export const Contact = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('email'), value: z.email().max(254), purpose }),
    z.strictObject({
      kind: z.literal('slack'),
      value: z
        .string()
        .regex(/^#[a-z0-9_-]{1,79}$/, 'expected # and a channel name')
        .meta({ maxLength: 80 }),
      purpose,
    }),
    z.strictObject({ kind: z.literal('url'), value: Url, purpose }),
    z.strictObject({
      kind: z.literal('phone'),
      value: z
        .string()
        .regex(/^\+[0-9][0-9 ]{4,18}[0-9]$/, 'expected + and the digits of an international number')
        .meta({ maxLength: 21 }),
      purpose,
    }),
  ])
  .meta({ id: 'Contact' });
export type Contact = z.output<typeof Contact>;
