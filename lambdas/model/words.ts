import * as z from 'zod';

/** Words that several entities share. */

/** Counted as people and JSON Schema count: an emoji is one character, though two in UTF-16. */
const atMost = (max: number) =>
  [(text: string): boolean => [...text].length <= max, `expected at most ${max} characters`] as const;

/** One line of text for people: no control characters, no space at the ends. */
export const Line = (max: number) =>
  z
    .string()
    .min(1)
    .regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]+$/u, 'expected one line without control characters')
    .regex(/^\S(.*\S)?$/u, 'expected no space at either end')
    .refine(...atMost(max))
    .meta({ maxLength: max });

/** Several lines of text for people. */
export const Text = (max: number) =>
  z
    .string()
    .regex(/^([^\p{Cc}\p{Cs}]|[\n\r\t])*$/u, 'expected no control characters')
    .refine(...atMost(max))
    .meta({ maxLength: max });

/**
 * A second name that people and programs use, unique in its tenant and kind. Never of the shape of an id, so that one
 * path parameter takes both.
 */
export const Alias = z
  .string()
  .max(63)
  .regex(/^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/, 'expected lower-case letters and digits, between them also . _ or -')
  .regex(/^(?!(svc|team)_)/, 'expected an alias that does not begin like an id')
  .meta({ id: 'Alias' });

/** What sorts things of one kind: a type, a system, an environment. */
export const Word = z
  .string()
  .max(63)
  .regex(/^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/, 'expected lower-case letters and digits, between them also . _ or -')
  .meta({ id: 'Word', description: 'Lower-case letters and digits, between them also . _ or -' });

export const Tag = z
  .string()
  .max(63)
  .regex(
    /^[a-z0-9+#:]([a-z0-9._+#:-]*[a-z0-9+#:])?$/,
    'expected lower-case letters, digits, + # : and between them . _ -',
  )
  .meta({ id: 'Tag' });

/** A list in which nothing stands twice. */
export const SetOf = <S extends z.ZodType<string, string>>(element: S, max: number) =>
  z
    .array(element)
    .max(max)
    .refine((words) => new Set(words).size === words.length, 'expected nothing twice')
    .meta({ uniqueItems: true })
    .default([]);

/** What other programs keep beside a thing: names and texts that mean nothing to us. */
export const Annotations = z
  .record(
    z
      .string()
      .max(120)
      .regex(
        /^[A-Za-z0-9]([A-Za-z0-9._/-]*[A-Za-z0-9])?$/,
        'expected a name of letters and digits, between them . _ / -',
      ),
    Text(1000),
  )
  .refine((annotations) => Object.keys(annotations).length <= 30, 'expected at most 30 annotations')
  .meta({ id: 'Annotations', maxProperties: 30 });

/** Kept as it was sent, so nothing that a parser would quietly repair; and never with a credential in it. */
export const UrlOf = (max: number) =>
  z
    .string()
    .regex(
      /^https?:\/\/[^\s/?#@\\\p{Cc}\p{Cs}]+([/?#][^\s\p{Cc}\p{Cs}]*)?$/u,
      'expected an http or https URL without spaces, user name or password',
    )
    .refine((url) => URL.canParse(url), 'expected an http or https URL')
    .refine(...atMost(max))
    .meta({ maxLength: max });
export const Url = UrlOf(2000).meta({ id: 'Url' });

/** A number of a query: as text decimal digits alone, so that one number is written in one way. */
export const Decimal = <S extends z.ZodType<number, number>>(schema: S) =>
  z
    .union([z.string(), z.number()])
    .refine(
      (sent) => typeof sent === 'number' || /^(0|[1-9]\d{0,14})$/.test(sent),
      'expected a whole number in decimal digits',
    )
    .transform(Number)
    .pipe(schema);

const pageMost = 100;
/** So many elements at most where they are sent as lines. */
export const linesMost = 5000;

export const Limit = Decimal(z.int().min(1).max(pageMost)).default(25).describe('Most elements in this page');
const cursorMost = 1000;
export const Cursor = z.string().min(1).max(cursorMost).describe('"next" of the last page').optional();

/** A page of a list. `next` is absent on the last page. */
export const pageOf = <S extends z.ZodType>(element: S, most = pageMost) =>
  z.strictObject({ items: z.array(element).max(most), next: z.string().max(cursorMost).optional() });

/** A page that is sent as lines: what each of them holds. */
export const linesOf = (page: z.ZodType): z.ZodType => {
  const items = page instanceof z.ZodObject ? page.shape.items : undefined;
  if (!(items instanceof z.ZodArray)) throw new Error('Only a page of items can be sent as lines.');
  const next = z.strictObject({
    next: z.string().max(cursorMost).describe('Cursor of what follows; the last line, where there is more'),
  });
  return z
    .array(z.union([items.element, next]))
    .max(linesMost + 1)
    .describe('Lines of JSON, each an element');
};
