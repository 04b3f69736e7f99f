import * as z from 'zod';

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A JSON Merge Patch carried out: null takes a field away, an object goes into the object that is there, anything else
 * takes its place. Source: RFC 7396 section 2
 */
export const mergePatch = (target: unknown, patch: unknown): unknown => {
  if (!isObject(patch)) return patch;
  const merged = new Map<string, unknown>(isObject(target) ? Object.entries(target) : []);
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name);
    else merged.set(name, mergePatch(merged.get(name), value));
  }
  return Object.fromEntries(merged);
};

/** What a patch of a thing may hold: any of its fields, and null for those that it can be without. */
export type PatchOf<Input> = {
  readonly [Name in keyof Input]?: Input[Name] extends readonly unknown[] | string | number | boolean
    ? Input[Name]
    : (undefined extends Input[Name] ? null : never) | Partial<Input[Name]>;
};

/** Names under which a patch of a record may say something: as many as it can have, and as many to take away. */
const namesMost = 60;

/** Without defaults: a field that is absent from a patch stays as it is. */
const patched = (schema: z.ZodType): z.ZodType => {
  if (schema instanceof z.ZodObject) return patchObject(schema);
  if (schema instanceof z.ZodUnion) return z.union(schema.options.map((option) => patched(option as z.ZodType)));
  if (schema instanceof z.ZodRecord)
    return z
      .record(schema.keyType as z.ZodString, (schema.valueType as z.ZodType).nullable())
      .refine((names) => Object.keys(names).length <= namesMost, `expected at most ${namesMost} names`)
      .meta({ maxProperties: namesMost });
  return schema;
};

const field = (schema: z.ZodType): z.ZodType => {
  const isOmissible = schema instanceof z.ZodDefault || schema instanceof z.ZodOptional;
  if (!isOmissible) return patched(schema).optional();
  return patched(schema.unwrap() as z.ZodType)
    .nullable()
    .optional();
};

const patchObject = (schema: z.ZodObject): z.ZodObject =>
  z.strictObject(Object.fromEntries(Object.entries(schema.shape).map(([name, of]) => [name, field(of as z.ZodType)])));

/** The schema of a JSON Merge Patch of what `input` accepts. What comes out of the merge is checked by `input` itself. */
export const patchOf = <S extends z.ZodObject>(input: S): z.ZodType<PatchOf<z.input<S>>, PatchOf<z.input<S>>> =>
  patchObject(input) as unknown as z.ZodType<PatchOf<z.input<S>>, PatchOf<z.input<S>>>;
