import type { Route } from '../../lambdas/kernel/define-route.ts';
import { type IdKind, idLengths } from '../../lambdas/kernel/id-kinds.ts';
import { jsonSchemaOf, type Schema } from './json-schema-of.ts';

export const places = ['path', 'query', 'body'] as const;
export type Place = (typeof places)[number];

/** Where a request names a thing by its id. */
export interface IdPosition {
  readonly place: Place;
  /** `owner`, `links.0.team` */
  readonly at: string;
  readonly kinds: readonly IdKind[];
}

export const idKinds = Object.keys(idLengths) as IdKind[];

/** An id of a kind that nothing has. */
export const missingId = (kind: IdKind): string => `${kind}_${'0'.repeat(idLengths[kind])}`;

const patternsOf = ({ pattern, allOf = [] }: Schema): readonly string[] => [
  ...(pattern === undefined ? [] : [pattern]),
  ...allOf.flatMap(patternsOf),
];
export const fitsPatterns = (schema: Schema, text: string): boolean =>
  patternsOf(schema).every((pattern) => new RegExp(pattern, 'u').test(text));

/** The kinds whose ids a text position is for: it takes such an id, and not the same characters without its form. */
export const kindsOf = (schema: Schema): readonly IdKind[] =>
  patternsOf(schema).length === 0
    ? []
    : idKinds.filter((kind) => {
        const id = missingId(kind);
        return fitsPatterns(schema, id) && !fitsPatterns(schema, id.replace('_', ''));
      });

/** An expression that begins like that of an id, `^dep_`, but of no known kind. */
const isUnknownId = (schema: Schema): boolean =>
  patternsOf(schema).some((pattern) => /^\^[a-z]+_/.test(pattern)) && kindsOf(schema).length === 0;

const join = (at: string, name: string): string => (at === '' ? name : `${at}.${name}`);

const under = (schema: Schema, at: string): readonly (readonly [at: string, kinds: readonly IdKind[]])[] => {
  if (schema.anyOf) return schema.anyOf.flatMap((branch) => under(branch, at));
  if (schema.items) return under(schema.items, join(at, '0'));
  if (typeof schema.additionalProperties === 'object' && under(schema.additionalProperties, at).length > 0)
    throw new Error(`${at} takes ids under any name: teach test/harness/sample.ts to plant one there.`);
  if (schema.properties)
    return Object.entries(schema.properties).flatMap(([name, inner]) => under(inner, join(at, name)));
  if (isUnknownId(schema))
    throw new Error(
      `${at} takes an id of no known kind (${patternsOf(schema)}). Add it in lambdas/kernel/id-kinds.ts.`,
    );
  const kinds = kindsOf(schema);
  return kinds.length > 0 ? [[at, kinds]] : [];
};

/** Every position of an id in a schema, by its path. */
export const idsUnder = (schema: Schema, at = ''): ReadonlyMap<string, readonly IdKind[]> => {
  const all = new Map<string, readonly IdKind[]>();
  for (const [place, kinds] of under(schema, at)) all.set(place, [...new Set([...(all.get(place) ?? []), ...kinds])]);
  return all;
};

/** Every place where a request of a route names a thing by its id. */
export const idPositionsOf = ({ input }: Route): readonly IdPosition[] =>
  places.flatMap((place) => {
    const schema = input[place];
    if (!schema) return [];
    return [...idsUnder(jsonSchemaOf(schema))].map(([at, kinds]) => ({ place, at, kinds }));
  });
