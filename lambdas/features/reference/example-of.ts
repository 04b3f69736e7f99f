import type { OpenApi } from '../../openapi.ts';
import { branchesOf, resolved, type Schema } from './described.ts';

/** `least`: what must be there, and what the schema has an example for. `all`: every field. */
export type Extent = 'least' | 'all';

/** Texts of the forms that fields ask for; the first that fits is taken. */
const texts = [
  '…',
  'payments',
  'Payments',
  '2026-11-27T09:00:00Z',
  '2026-11-27',
  'someone@example.com',
  'https://example.com/payments',
  '#payments',
  '+1 202 555 0100',
  '"1"',
  '4f2a9c1',
];

const patternsOf = ({ pattern, allOf = [] }: Schema): readonly string[] => [
  ...(pattern === undefined ? [] : [pattern]),
  ...allOf.flatMap(patternsOf),
];

/** `svc_0000000000000000`: an id of the right form that nothing has. */
const idOf = (pattern: string): string | undefined => {
  const [, kind, length] = /^\^([a-z]+_)\[0-9A-Za-z\]\{(\d+)\}\$$/.exec(pattern) ?? [];
  return kind && `${kind}${'0'.repeat(Number(length))}`;
};

const textOf = (schema: Schema): string => {
  const patterns = patternsOf(schema);
  const fits = (text: string): boolean =>
    patterns.every((pattern) => new RegExp(pattern, 'u').test(text)) &&
    text.length >= (schema.minLength ?? 0) &&
    text.length <= (schema.maxLength ?? Number.POSITIVE_INFINITY);
  const ids = patterns.map(idOf).filter((id) => id !== undefined);
  return ids[0] ?? texts.find(fits) ?? '';
};

const objectOf = (document: OpenApi, { properties = {}, required = [] }: Schema, extent: Extent) =>
  Object.fromEntries(
    Object.entries(properties)
      .filter(([name, of]) => extent === 'all' || required.includes(name) || resolved(document, of).examples)
      .map(([name, of]) => [name, exampleOf(document, of, extent)]),
  );

/** A value that a schema of the document accepts, its own example where it has one. */
export const exampleOf = (document: OpenApi, given: Schema, extent: Extent): unknown => {
  const schema = resolved(document, given);
  const branches = branchesOf(schema);
  const [branch = {}] = [...branches.filter((each) => resolved(document, each).examples), ...branches];
  if (schema.examples) return schema.examples[0];
  if (schema.const !== undefined) return schema.const;
  if (schema.default !== undefined && schema.type !== 'array') return schema.default;
  if (schema.enum) return schema.enum[0];
  if (branches.length > 0) return exampleOf(document, branch, extent);
  switch (schema.type) {
    case 'object':
      return objectOf(document, schema, extent);
    case 'array':
      return extent === 'all' || (schema.minItems ?? 0) > 0 ? [exampleOf(document, schema.items ?? {}, extent)] : [];
    case 'integer':
    case 'number':
      return Math.max(1, schema.minimum ?? 1);
    case 'boolean':
      return false;
    default:
      return textOf(schema);
  }
};
