import * as z from 'zod';

export type Schema = Readonly<Record<string, unknown>>;

export interface Property {
  readonly name: string;
  readonly schema: Schema;
  readonly isNeeded: boolean;
}

const isNull = ({ type }: Schema): boolean => type === 'null';

/** A schema behind its name, and without the null that takes a field away. */
const resolved = (schema: Schema, names: Readonly<Record<string, Schema>>): Schema => {
  const { $ref, anyOf, ...rest } = schema;
  if (typeof $ref === 'string') return { ...resolved(names[$ref.replace('#/$defs/', '')] ?? {}, names), ...rest };
  const { type } = rest;
  if (Array.isArray(type)) return { ...rest, type: type.find((each) => each !== 'null') };
  const [variant, ...more] = ((anyOf ?? []) as readonly Schema[]).filter((each) => !isNull(each));
  if (variant && more.length === 0) return { ...resolved(variant, names), ...rest };
  const { items, additionalProperties, oneOf } = schema as Readonly<Record<string, Schema | undefined>>;
  return {
    ...schema,
    ...(items && { items: resolved(items, names) }),
    ...(additionalProperties && { additionalProperties: resolved(additionalProperties, names) }),
    ...(Array.isArray(oneOf) && { oneOf: oneOf.map((each: Schema) => resolved(each, names)) }),
  };
};

/** The properties of an object as JSON Schema, each behind its names. `io` is the side that is meant. */
export const propertiesOf = (schema: z.ZodType, io: 'input' | 'output'): readonly Property[] => {
  const root: Schema = z.toJSONSchema(schema, { io, target: 'draft-2020-12' });
  const names = (root.$defs ?? {}) as Readonly<Record<string, Schema>>;
  const { properties = {}, required = [] } = resolved(root, names) as {
    readonly properties?: Readonly<Record<string, Schema>>;
    readonly required?: readonly string[];
  };
  return Object.entries(properties).map(([name, each]) => ({
    name,
    schema: resolved(each, names),
    isNeeded: required.includes(name),
  }));
};
