import * as z from 'zod';
import type { Option, Options } from './command.ts';

type Schema = Readonly<Record<string, unknown>>;
type Kind = 'text' | 'number' | 'boolean' | 'texts';

/** A field of a body or query that one option can say. */
export interface Field {
  readonly property: string;
  /** Name of its option: `on-call` for `onCall`, `alias` for each of `aliases`. */
  readonly name: string;
  readonly kind: Kind;
  readonly option: Option;
}

export interface Fields {
  readonly fields: readonly Field[];
  /** Properties that no option can say: objects, and lists of them. */
  readonly others: readonly string[];
}

const kebab = (property: string): string => property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** One of them: an option is given once for each element. */
const singular = (word: string): string => word.replace(/ies$/, 'y').replace(/(ias|us)es$|([^aus])s$/, '$1$2');

const spaced = (property: string): string => kebab(property).replaceAll('-', ' ');

/** A schema behind its name, and without the null that takes a field away. */
const resolved = (schema: Schema, root: Schema): Schema => {
  const { $ref, anyOf, ...rest } = schema;
  if (typeof $ref === 'string') {
    const named = (root.$defs as Record<string, Schema> | undefined)?.[$ref.replace('#/$defs/', '')] ?? {};
    return { ...resolved(named, root), ...rest };
  }
  const variants = Array.isArray(anyOf) ? (anyOf as Schema[]).filter(({ type }) => type !== 'null') : [];
  const [first] = variants;
  if (variants.length === 1 && first) return { ...resolved(first, root), ...rest };
  return schema;
};

const kindOf = (schema: Schema, root: Schema): Kind | undefined => {
  const { type } = schema;
  if (type === 'string') return 'text';
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'boolean') return 'boolean';
  if (type === 'array' && resolved((schema.items ?? {}) as Schema, root).type === 'string') return 'texts';
  return undefined;
};

const choicesOf = (schema: Schema, kind: Kind): readonly string[] | undefined => {
  if (kind === 'boolean') return ['true', 'false'];
  if (Array.isArray(schema.enum)) return schema.enum.map(String);
  const { minimum, maximum } = schema;
  if (kind !== 'number' || typeof minimum !== 'number' || typeof maximum !== 'number' || maximum - minimum > 9)
    return undefined;
  return Array.from({ length: maximum - minimum + 1 }, (_, n) => String(minimum + n));
};

const widest = 40;
const fits = (choices: readonly string[]): boolean => choices.join('|').length <= widest;

/** What stands for a value in help: its choices where they fit, the form of an id, or the field's name. */
const placeholder = (
  property: string,
  kind: Kind,
  { pattern }: Schema,
  choices: readonly string[] | undefined,
): string => {
  if (choices && fits(choices)) return choices.join('|');
  const [, prefix] = typeof pattern === 'string' ? (pattern.match(/^\^([a-z]+_)\[/) ?? []) : [];
  if (prefix) return `${prefix}…`;
  return kind === 'number' ? 'number' : kebab(kind === 'texts' ? singular(property) : property);
};

const optionOf = (property: string, schema: Schema, root: Schema, kind: Kind): Option => {
  const element = kind === 'texts' ? resolved((schema.items ?? {}) as Schema, root) : schema;
  const choices = choicesOf(element, kind);
  const described = [schema.description, element.description].find((each) => typeof each === 'string');
  const about = described ?? `${spaced(property).replace(/^./, (letter) => letter.toUpperCase())}`;
  const unset = schema.default;
  return {
    type: 'string',
    about: [
      kind === 'texts' ? `${about}; once for each` : about,
      ...(choices && !fits(choices) ? [`: ${choices.join(', ')}`] : []),
      ...(unset === undefined || Array.isArray(unset) ? [] : [` (default ${String(unset)})`]),
    ].join(''),
    value: placeholder(property, kind, element, choices),
    ...(choices && { choices }),
    ...(kind === 'texts' && { multiple: true }),
  };
};

/**
 * What options can say of a schema: its texts, numbers, booleans and lists of texts. `io` is the side that is meant:
 * a body is sent, a query's numbers are what they are read as.
 */
export const fieldsOf = (schema: z.ZodType | undefined, io: 'input' | 'output'): Fields => {
  if (!schema) return { fields: [], others: [] };
  const root = z.toJSONSchema(schema, { io, target: 'draft-2020-12', unrepresentable: 'any' }) as Schema;
  const properties = Object.entries((resolved(root, root).properties ?? {}) as Record<string, Schema>);
  const fields = properties.flatMap(([property, named]): Field[] => {
    const each = resolved(named, root);
    const kind = kindOf(each, root);
    if (!kind) return [];
    const name = kebab(kind === 'texts' ? singular(property) : property);
    return [{ property, name, kind, option: optionOf(property, each, root, kind) }];
  });
  const said = new Set(fields.map(({ property }) => property));
  return { fields, others: properties.map(([property]) => property).filter((property) => !said.has(property)) };
};

export const optionsOf = ({ fields }: Pick<Fields, 'fields'>): Options =>
  Object.fromEntries(fields.map(({ name, option }) => [name, option]));

const readNumber = (text: string): number | string => (/^-?\d{1,15}$/.test(text) ? Number(text) : text);

const valueIn = (kind: Kind, given: string): unknown => {
  if (kind === 'number') return readNumber(given);
  if (kind === 'boolean') return given === 'true';
  return given;
};

/**
 * The fields that options said, by property. What is no number is sent as it is: the API says what it expects. An empty
 * value stands for `empty`.
 */
export const saidIn = (
  { fields }: Pick<Fields, 'fields'>,
  options: Readonly<Record<string, unknown>>,
  empty?: null,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    fields.flatMap(({ property, name, kind }): [string, unknown][] => {
      const given = options[name];
      if (given === undefined) return [];
      if (Array.isArray(given)) return [[property, given.filter((each) => each !== '')]];
      return [[property, given === '' && empty === null ? null : valueIn(kind, String(given))]];
    }),
  );

/** `body.aliases.0` as `--alias`, where an option said it. */
export const optionNamed =
  ({ fields }: Pick<Fields, 'fields'>, options: Readonly<Record<string, unknown>>) =>
  (field: string): string | undefined => {
    const [, property] = field.match(/^(?:body|query)\.([A-Za-z]+)/) ?? [];
    const found = fields.find((each) => each.property === property && options[each.name] !== undefined);
    return found && `--${found.name}`;
  };
