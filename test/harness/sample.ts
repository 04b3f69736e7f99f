import { randomBytes } from 'node:crypto';
import type { IdKind } from '../../lambdas/kernel/id-kinds.ts';
import { fitsPatterns, idsUnder, kindsOf } from './id-positions.ts';
import type { Schema } from './json-schema-of.ts';

/** What goes into the positions of ids; and which optional fields are sent. */
export interface Filling {
  readonly idOf: (at: string, kinds: readonly IdKind[]) => string;
  /** Path of an optional position that is to be sent, with all around it. */
  readonly target?: string;
}

/** Texts of the forms that fields ask for; the first that fits is taken. Words and URLs are new every time. */
const texts = (): readonly string[] => [
  `w-${randomBytes(6).toString('hex')}`,
  `https://example.com/${randomBytes(6).toString('hex')}`,
  'someone@example.com',
  '2026-01-01T00:00:00Z',
  '#channel',
  '2026-01-01',
];

const textOf = (schema: Schema, at: string): string => {
  const fits = (text: string): boolean =>
    fitsPatterns(schema, text) &&
    text.length >= (schema.minLength ?? 0) &&
    text.length <= (schema.maxLength ?? Number.POSITIVE_INFINITY) &&
    (schema.format !== 'uri' || URL.canParse(text));
  const found = texts().find(fits);
  if (found === undefined)
    throw new Error(
      `No sample text fits "${at}" (${JSON.stringify(schema)}). Add one to texts in test/harness/sample.ts.`,
    );
  return found;
};

const join = (at: string, name: string): string => (at === '' ? name : `${at}.${name}`);
const leadsTo = (at: string, target: string | undefined): boolean =>
  target !== undefined && (target === at || target.startsWith(`${at}.`));

const branchOf = (branches: readonly Schema[], at: string, filling: Filling): Schema => {
  const ids = (branch: Schema): readonly string[] => [...idsUnder(branch, at).keys()];
  const wanted = branches.find((branch) => ids(branch).some((id) => id === filling.target));
  const chosen = wanted ?? branches.find((branch) => ids(branch).length > 0) ?? branches[0];
  if (!chosen) throw new Error(`"${at}" is a union of nothing.`);
  return chosen;
};

const objectOf = (schema: Schema, at: string, filling: Filling): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(schema.properties ?? {})
      .filter(([name]) => schema.required?.includes(name) || leadsTo(join(at, name), filling.target))
      .map(([name, inner]) => [name, sampleOf(inner, filling, join(at, name))]),
  );

/** The smallest value that a schema accepts, with ids from the filling. */
export const sampleOf = (schema: Schema, filling: Filling, at = ''): unknown => {
  if (schema.anyOf) return sampleOf(branchOf(schema.anyOf, at, filling), filling, at);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const ids = kindsOf(schema);
  if (ids.length > 0) return filling.idOf(at, ids);
  switch (schema.type) {
    case 'object':
      return objectOf(schema, at, filling);
    case 'array': {
      const length = Math.max(schema.minItems ?? 0, leadsTo(join(at, '0'), filling.target) ? 1 : 0);
      return Array.from({ length }, (_, index) => sampleOf(schema.items ?? {}, filling, join(at, String(index))));
    }
    case 'integer':
    case 'number':
      return Math.max(1, schema.minimum ?? 1);
    case 'boolean':
      return false;
    default:
      return textOf(schema, at);
  }
};
