import * as z from 'zod';

export type JsonSchema = Readonly<Record<string, unknown>>;
type Direction = 'input' | 'output';

/** The schemas of a document, before and behind their names. */
export interface NamedSchemas {
  /** By the names that `schemasOf` was given: inline, or a reference to a component. */
  readonly of: Readonly<Record<string, JsonSchema>>;
  /** Those with `.meta({ id })`, in order of their names. */
  readonly components: Readonly<Record<string, JsonSchema>>;
}

interface Converted {
  readonly properties: Readonly<Record<string, JsonSchema>>;
  readonly $defs: Readonly<Record<string, JsonSchema>>;
}

const definition = '#/$defs/';
const component = '#/components/schemas/';

/** For generators of code, which choose a type by it: https://spec.openapis.org/oas/v3.1.0#data-types */
const integerFormat = ({ type, minimum = 0, maximum = 0 }: z.core.JSONSchema.JSONSchema): object => {
  if (type !== 'integer') return {};
  return { format: minimum >= -(2 ** 31) && maximum < 2 ** 31 ? 'int32' : 'int64' };
};

/** All at once, so that zod itself refuses two different schemas with one id. */
const convert = (schemas: Readonly<Record<string, z.ZodType>>, io: Direction): Converted => {
  const { properties = {}, $defs = {} } = z.toJSONSchema(z.object(schemas), {
    io,
    target: 'draft-2020-12',
    override: ({ jsonSchema }) => void Object.assign(jsonSchema, integerFormat(jsonSchema)),
  });
  return { properties, $defs } as Converted;
};

const rewriteRefs = (schema: unknown, renamed: (name: string) => string): unknown => {
  if (Array.isArray(schema)) return schema.map((each) => rewriteRefs(each, renamed));
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([word, value]) => [
      word,
      word === '$ref' && typeof value === 'string'
        ? `${component}${renamed(value.slice(definition.length))}`
        : rewriteRefs(value, renamed),
    ]),
  );
};

/**
 * Names whose schema is not the same in both directions: a field with a default may be missing in a request and is
 * always there in an answer. Whatever refers to such a name differs too.
 */
const differing = (input: Converted['$defs'], output: Converted['$defs']): ReadonlySet<string> => {
  const both = Object.keys(input).filter((name) => name in output);
  const differ = new Set(both.filter((name) => JSON.stringify(input[name]) !== JSON.stringify(output[name])));
  for (let known = -1; known < differ.size; ) {
    known = differ.size;
    for (const name of both) {
      const text = JSON.stringify(input[name]);
      if ([...differ].some((other) => text.includes(`"${definition}${other}"`))) differ.add(name);
    }
  }
  return differ;
};

/**
 * JSON Schemas (draft 2020-12) of what is sent and what is answered. Where one id has two shapes, the answer keeps the
 * name and the request's becomes `<id>Request`. Throws when that name is taken.
 */
export const schemasOf = (
  sent: Readonly<Record<string, z.ZodType>>,
  answered: Readonly<Record<string, z.ZodType>>,
): NamedSchemas => {
  const input = convert(sent, 'input');
  const output = convert(answered, 'output');
  const differ = differing(input.$defs, output.$defs);
  const inRequest = (name: string): string => (differ.has(name) ? `${name}Request` : name);
  const same = (name: string): string => name;
  const components = new Map<string, JsonSchema>();
  for (const [name, schema] of Object.entries(output.$defs)) {
    components.set(name, rewriteRefs(schema, same) as JsonSchema);
  }
  for (const [name, schema] of Object.entries(input.$defs)) {
    const as = inRequest(name);
    if (as !== name && (as in input.$defs || as in output.$defs)) {
      throw new Error(`Schema "${name}" differs in requests and needs the name "${as}", which is taken: rename one.`);
    }
    components.set(as, rewriteRefs(schema, inRequest) as JsonSchema);
  }
  return {
    of: {
      ...(rewriteRefs(output.properties, same) as Record<string, JsonSchema>),
      ...(rewriteRefs(input.properties, inRequest) as Record<string, JsonSchema>),
    },
    components: Object.fromEntries([...components].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
};
