import fc from 'fast-check';
import { inherited } from './hostile-values.ts';
import type { Schema, ServedDocument } from './served-document.ts';

/** What a value may refer to: ids that exist. Filled while the fuzz runs. */
export type Pool = readonly string[];

const patternsOf = (schema: Schema): readonly RegExp[] =>
  [schema, ...((schema.allOf as readonly Schema[]) ?? [])].flatMap(({ pattern }) =>
    typeof pattern === 'string' ? [new RegExp(pattern, 'u')] : [],
  );

const fits = (schema: Schema) => {
  const patterns = patternsOf(schema);
  const { minLength = 0, maxLength = 200 } = schema as { minLength?: number; maxLength?: number };
  return (text: string): boolean => {
    const { length } = [...text];
    return length >= minLength && length <= maxLength && patterns.every((pattern) => pattern.test(text));
  };
};

/** Right-to-left, combined, beyond the basic plane, with a joiner, with a direction override. */
const writings = [
  'Zahlung',
  'תשלום',
  'الدفع',
  '支払い',
  '👩‍👩‍👧‍👦',
  'e\u0301',
  'a\u202eb',
  '𝒳',
  'ß',
  '<b>&amp;',
  '%2F',
  "'; --",
];

const shapes: readonly fc.Arbitrary<string>[] = [
  fc.constantFrom(...writings),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
  fc.stringMatching(
    /^https?:\/\/[a-z0-9]{1,10}(\.[a-z]{2,6}){1,2}(\/[\w~.-]{0,8}){0,3}(\?[a-z]=[\w%+]{0,8})?(#\w{0,8})?$/,
  ),
  // With something new behind: a URL may have to be unique.
  fc
    .tuple(fc.constantFrom('https://例え.example/ü?q=1#', 'http://[::1]:8080/', 'http://localhost/'), fc.uuid())
    .map(([begin, end]) => begin + end),
  fc.stringMatching(/^[a-z0-9_+'-]{0,10}[a-z0-9]@([a-z0-9]{1,10}\.){1,2}[a-z]{2,4}$/),
  fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((date) => date.toISOString()),
  // Of the last year: some times may be neither to come nor long ago.
  fc.nat({ max: 365 * 86_400_000 }).map((agoMs) => new Date(Date.now() - agoMs).toISOString()),
  // Long enough to be new: an alias is taken once.
  fc.stringMatching(/^[a-z0-9]{8,12}([._-][a-z0-9]{1,12}){0,3}$/),
  fc.stringMatching(/^#[a-z0-9_-]{1,79}$/),
  fc.stringMatching(/^\+[1-9][0-9 ]{4,18}[0-9]$/),
  fc.stringMatching(/^[0-9a-f]{7,64}$/),
];

/** The strings of a pattern that is an id's, or a code's: of others, the shapes are faster. */
const matching = (pattern: RegExp): readonly fc.Arbitrary<string>[] =>
  /^\^(\[a-z\]\+|[a-z]+)(_|\(-)/.test(pattern.source) ? [fc.stringMatching(pattern)] : [];

const longest = ({ maxLength }: Schema): readonly string[] =>
  typeof maxLength === 'number'
    ? ['a', 'Ω', '𝒳']
        .map((sign) => sign.repeat(maxLength))
        .concat(['x', '𝒳'].map((sign) => `https://a.example/${sign.repeat(Math.max(0, maxLength - 18))}`))
    : [];

/** An id, by the word that it begins with; or a cursor, which is any text. */
const takesReferences = (schema: Schema): boolean => {
  const patterns = patternsOf(schema);
  return patterns.length === 0 || patterns.some(({ source }) => /^\^(\[a-z\]\+|[a-z]+)_/.test(source));
};

const validText = (schema: Schema, pool: Pool): fc.Arbitrary<string> => {
  const fitting = fits(schema);
  const samples = (arbitrary: fc.Arbitrary<string>) => fc.sample(arbitrary, { numRuns: 40, seed: 1 });
  // Of the shapes only those that fit often enough: a filter that never passes would never end.
  const usable = [...shapes, ...patternsOf(schema).slice(0, 1).flatMap(matching)].filter(
    (shape) => samples(shape).filter(fitting).length >= 20,
  );
  const made = usable.map((shape) => ({ arbitrary: shape.filter(fitting), weight: 6 }));
  const bounds = longest(schema).filter(fitting);
  const known = takesReferences(schema) ? pool.filter(fitting) : [];
  if (bounds.length > 0) made.push({ arbitrary: fc.constantFrom(...bounds), weight: 1 });
  if (known.length > 0) made.push({ arbitrary: fc.constantFrom(...known), weight: 99 });
  if (made.length === 0) throw new Error(`Nothing in test/twin/fuzz/valid-values.ts fits ${JSON.stringify(schema)}.`);
  return fc.oneof(...made);
};

const validNumber = ({ minimum = 0, maximum = 1_000_000 }: { minimum?: number; maximum?: number }) =>
  fc.oneof(fc.constantFrom(minimum, maximum), fc.integer({ min: minimum, max: maximum }));

/** Names of a record, those that every object inherits among them. */
const validName = (schema: Schema, pool: Pool): fc.Arbitrary<string> =>
  fc.oneof(
    { arbitrary: validText(schema, pool), weight: 9 },
    { arbitrary: fc.constantFrom('a', ...inherited.filter(fits(schema))), weight: 1 },
  );

/** Values that a schema of the document accepts, its bounds often among them. */
export const validValue = (api: ServedDocument, given: Schema, pool: Pool): fc.Arbitrary<unknown> => {
  const schema = api.resolved(given);
  const inner = (of: unknown) => validValue(api, of as Schema, pool);
  const anyOf = (schema.anyOf ?? schema.oneOf) as readonly Schema[] | undefined;
  if (anyOf) return fc.oneof(...anyOf.map(inner));
  if (Array.isArray(schema.type)) return fc.oneof(...schema.type.map((type) => inner({ ...schema, type })));
  if ('const' in schema) return fc.constant(schema.const);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'object': {
      if (typeof schema.additionalProperties === 'object') {
        const name = validName((schema.propertyNames ?? {}) as Schema, pool);
        return fc.dictionary(name, inner(schema.additionalProperties), { maxKeys: 3, noNullPrototype: true });
      }
      const properties = Object.entries((schema.properties ?? {}) as Record<string, unknown>);
      const model = Object.fromEntries(properties.map(([name, of]) => [name, inner(of)]));
      return fc.record(model, { requiredKeys: (schema.required ?? []) as string[], noNullPrototype: true });
    }
    case 'array': {
      const { minItems = 0, maxItems = 5 } = schema as { minItems?: number; maxItems?: number };
      const of = inner(schema.items);
      const list = (minLength: number, maxLength: number) =>
        schema.uniqueItems ? fc.uniqueArray(of, { minLength, maxLength }) : fc.array(of, { minLength, maxLength });
      const few = list(minItems, Math.min(maxItems, minItems + 3));
      // Things by the hundred are too much for one body, and for the time there is.
      const many = list(
        minItems,
        api.resolved(schema.items as Schema).type === 'object' ? Math.min(maxItems, 12) : maxItems,
      );
      return fc.oneof({ arbitrary: few, weight: 15 }, { arbitrary: many, weight: 1 });
    }
    case 'integer':
    case 'number':
      return validNumber(schema);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return validText(schema, pool);
  }
};
