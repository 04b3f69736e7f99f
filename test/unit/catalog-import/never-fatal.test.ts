import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { parseAllDocuments, stringify } from 'yaml';
import { memoryCatalog } from './memory-catalog.ts';
import { exportOf, importFiles } from './read.ts';

const shop = resolve(import.meta.dirname, '../../../examples/teashop');
const text = ['teams.yaml', 'shop.yaml', 'shared/platform.yml']
  .map((name) => readFileSync(resolve(shop, name), 'utf8'))
  .join('---\n');
const documents = parseAllDocuments(text).map((document) => document.toJS() as unknown);

/** Every place in a value, as the names that lead to it. */
const placesIn = (value: unknown): readonly (readonly string[])[] =>
  typeof value === 'object' && value !== null
    ? [[], ...Object.entries(value).flatMap(([key, each]) => placesIn(each).map((place) => [key, ...place]))]
    : [[]];

const replacedAt = (value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown => {
  if (key === undefined) return by;
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
  (copy as Record<string, unknown>)[key] = replacedAt((value as Record<string, unknown>)[key], rest, by);
  return copy;
};

const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1.5,
    '',
    ' ',
    'a',
    [],
    {},
    [[]],
    [null],
    { a: null },
    ['a', 'a'],
    'x'.repeat(5000),
  ),
  fc.constantFrom(
    'orders',
    'component:orders',
    'api:default/orders',
    'user:ada',
    'group:engineering',
    'https://a.example',
  ),
  fc.jsonValue(),
);

const mutated = fc
  .array(fc.tuple(fc.nat(documents.length - 1), fc.nat(), odd), { minLength: 1, maxLength: 6 })
  .map((changes) => {
    const all = [...documents];
    for (const [at, place, by] of changes) {
      const places = placesIn(all[at]);
      all[at] = replacedAt(all[at], places[place % places.length] ?? [], by);
    }
    return all.map((document) => `---\n${stringify(document)}`).join('');
  });

const garbled = fc
  .array(fc.tuple(fc.nat(text.length), fc.nat(20), fc.string({ unit: 'binary', maxLength: 5 })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((cuts) => cuts.reduce((made, [at, length, by]) => made.slice(0, at) + by + made.slice(at + length), text));

it('whatever stands in a descriptor: nothing is fatal, all is told with its place, and what went in comes back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(mutated, garbled, fc.string({ unit: 'binary' })), async (files) => {
      const api = memoryCatalog();
      const { findings, became, documents: count } = await importFiles(api, { 'a.yaml': files });
      for (const { file, line, reason } of findings) {
        expect(file).toBe('a.yaml');
        expect(line === undefined || line >= 1).toBe(true);
        expect(reason).not.toBe('');
      }
      expect(became.length).toBe(count);
      expect(became.filter(({ outcome }) => outcome === 'refused').length).toBeLessThanOrEqual(
        findings.filter(({ weight }) => weight === 'refused').length,
      );
      const exported = await exportOf(api);
      const other = memoryCatalog(500);
      await importFiles(other, { 'b.yaml': exported });
      expect(await exportOf(other)).toBe(exported);
    }),
    { numRuns: 60 },
  );
});
