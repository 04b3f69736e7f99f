import { z } from 'zod';

/** As much of JSON Schema as zod writes for what a request holds. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  /** Of names that the schema does not list: a schema, or false. */
  readonly additionalProperties?: Schema | boolean;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

const resolve = (schema: Schema, definitions: Readonly<Record<string, Schema>>): Schema => {
  const { $ref, properties, additionalProperties, items, anyOf, oneOf, ...rest } = schema;
  if ($ref !== undefined) {
    const known = definitions[$ref.replace('#/$defs/', '')];
    if (!known) throw new Error(`The schema refers to ${$ref}, which it does not define.`);
    return resolve(known, definitions);
  }
  const branches = (anyOf ?? oneOf)?.map((branch) => resolve(branch, definitions));
  return {
    ...rest,
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, of]) => [name, resolve(of, definitions)])),
    }),
    ...(typeof additionalProperties === 'object' && {
      additionalProperties: resolve(additionalProperties, definitions),
    }),
    ...(items && { items: resolve(items, definitions) }),
    ...(branches && { anyOf: branches }),
  };
};

/** The JSON Schema of what a client sends, with all references resolved. */
export const jsonSchemaOf = (schema: z.ZodType): Schema => {
  const made = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema;
  return resolve(made, made.$defs ?? {});
};
