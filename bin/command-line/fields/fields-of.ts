import type * as z from 'zod';
import type { Option } from '../command.ts';
import type { Field, Fields, Kind } from './field.ts';
import { type Property, propertiesOf, type Schema } from './json-schema.ts';

const kebab = (property: string): string => property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** One of them: an option is given once for each element. */
const singular = (word: string): string => word.replace(/ies$/, 'y').replace(/(ias|us)es$|([^aus])s$/, '$1$2');

const titled = (property: string): string => {
  const text = kebab(property).replaceAll('-', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
};

interface Variant {
  readonly properties?: { readonly kind?: { readonly const?: unknown } };
}

/** The kinds of a contact: its variants are told apart by `kind`. */
const contactKinds = ({ oneOf, anyOf }: Schema): readonly string[] =>
  ((oneOf ?? anyOf ?? []) as readonly Variant[]).flatMap(({ properties }) =>
    typeof properties?.kind?.const === 'string' ? [properties.kind.const] : [],
  );

const kindOf = (schema: Schema): Kind | undefined => {
  const { type, additionalProperties } = schema;
  if (type === 'string') return 'text';
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'boolean') return 'boolean';
  if (contactKinds(schema).length > 0) return 'contact';
  return type === 'object' && (additionalProperties as Schema | undefined)?.type === 'string' ? 'pairs' : undefined;
};

const mostChoices = 10;

const choicesOf = ({ enum: words, minimum, maximum }: Schema, kind: Kind): readonly string[] | undefined => {
  if (kind === 'boolean') return ['true', 'false'];
  if (Array.isArray(words)) return words.map(String);
  if (kind !== 'number' || typeof minimum !== 'number' || typeof maximum !== 'number') return undefined;
  if (maximum - minimum >= mostChoices) return undefined;
  return Array.from({ length: maximum - minimum + 1 }, (_, n) => String(minimum + n));
};

const idKinds: Readonly<Record<string, string>> = { team: 'team', svc: 'service', repo: 'repository' };

/** Of what thing a text is the id. */
const referenceOf = ({ pattern }: Schema): string | undefined => {
  const [, prefix = ''] = typeof pattern === 'string' ? (pattern.match(/^\^([a-z]+)_\[/) ?? []) : [];
  return idKinds[prefix];
};

const placeholder = (name: string, kind: Kind, element: Schema): string => {
  if (kind === 'contact') return `${contactKinds(element).join('|')}:…`;
  if (kind === 'pairs') return 'key=value';
  return kind === 'number' ? 'number' : (referenceOf(element) ?? name);
};

const optionOf = ({ name: property, schema, isNeeded }: Property, name: string, kind: Kind): Option => {
  const isList = schema.type === 'array';
  const element = isList ? (schema.items as Schema) : schema;
  const choices = choicesOf(element, kind);
  const about = [schema.description, element.description].find((each) => typeof each === 'string');
  const { default: unset } = schema;
  const hint = typeof unset === 'object' || unset === undefined ? '' : ` (default ${String(unset)})`;
  const isRepeated = isList || kind === 'pairs';
  return {
    type: 'string',
    about: `${about ?? titled(property)}${isRepeated ? '; once for each' : ''}${isNeeded ? ' (needed)' : ''}${hint}`,
    value: placeholder(name, kind, element),
    ...(choices && { choices }),
    ...(isRepeated && { multiple: true }),
  };
};

const fieldOf = (property: Property): readonly Field[] => {
  const isList = property.schema.type === 'array';
  const element = isList ? ((property.schema.items ?? {}) as Schema) : property.schema;
  const kind = kindOf(element);
  if (!kind || (isList && kind === 'pairs')) return [];
  const name = kebab(isList || kind === 'pairs' ? singular(property.name) : property.name);
  const refersTo = kind === 'text' ? referenceOf(element) : undefined;
  const option = optionOf(property, name, kind);
  const { isNeeded } = property;
  return [{ property: property.name, name, kind, isList, isNeeded, option, ...(refersTo && { refersTo }) }];
};

/**
 * What options can say of a schema: its texts, numbers and booleans, lists of them, contacts and pairs. `io` is the
 * side that is meant: a body is sent, a query's numbers are what they are read as.
 */
export const fieldsOf = (schema: z.ZodType | undefined, io: 'input' | 'output'): Fields => {
  const properties = schema ? propertiesOf(schema, io) : [];
  const fields = properties.flatMap(fieldOf);
  const said = new Set(fields.map(({ property }) => property));
  return { fields, others: properties.map(({ name }) => name).filter((name) => !said.has(name)) };
};
