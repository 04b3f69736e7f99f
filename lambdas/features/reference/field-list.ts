import type { OpenApi } from '../../openapi.ts';
import { branchesOf, resolved, type Schema } from './described.ts';
import { type Html, html, prose } from './html.ts';
import { saidOf } from './said-of.ts';

/** One thing with a name: a parameter, or a field of a body. */
export interface Field {
  readonly name: string;
  readonly schema: Schema;
  readonly required: boolean;
  readonly description?: string;
}

/** Fields within fields are shown so deep; the document has them all. */
const deepest = 3;

const fieldsOf = ({ properties = {}, required = [] }: Schema): readonly Field[] =>
  Object.entries(properties).map(([name, schema]) => ({ name, schema, required: required.includes(name) }));

/** The objects that a value is, or a list's elements are: several where it is one of several. */
const objectsIn = (document: OpenApi, given: Schema): readonly Schema[] => {
  const schema = resolved(document, given);
  if (schema.items) return objectsIn(document, schema.items);
  if (branchesOf(schema).length > 0) return branchesOf(schema).flatMap((branch) => objectsIn(document, branch));
  return schema.properties ? [schema] : [];
};

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;

const defaultOf = ({ default: value }: Schema): readonly string[] =>
  value === undefined || isEmpty(value) ? [] : [`\`${JSON.stringify(value)}\` when absent`];

const within = (document: OpenApi, schema: Schema, depth: number): Html | undefined => {
  const objects = depth < deepest ? objectsIn(document, schema) : [];
  if (objects.length === 0) return undefined;
  if (objects.length === 1) return html`${objects.map((each) => listOf(document, fieldsOf(each), depth + 1))}`;
  const forms = objects.map((each) => listOf(document, fieldsOf(each), depth + 1));
  return html`<details><summary>One of ${objects.length} forms</summary>${forms}</details>`;
};

const itemOf = (document: OpenApi, { name, schema: given, required, description }: Field, depth: number): Html => {
  const schema = resolved(document, given);
  const { kind, limits } = saidOf(document, schema);
  const told = description ?? schema.description;
  const bounds = [...limits, ...defaultOf(schema)].join(' · ');
  return html`<div><dt><code>${name}</code> <span class="kind">${prose(kind)}</span>${required && html` <span class="must">required</span>`}</dt>
<dd>${told && html`<p>${prose(told)}</p>`}${bounds !== '' && html`<p class="limits">${prose(bounds)}</p>`}${within(document, schema, depth)}</dd></div>
`;
};

const plainList = (document: OpenApi, fields: readonly Field[], depth: number): Html =>
  html`<dl class="fields">${fields.map((field) => itemOf(document, field, depth))}</dl>`;

/** More than so many are too many to read: what is required stays in sight, the others open. */
const inSight = 6;

const listOf = (document: OpenApi, fields: readonly Field[], depth: number): Html => {
  const required = fields.filter((field) => field.required);
  const others = fields.filter((field) => !field.required);
  if (fields.length <= inSight || others.length === 0) return plainList(document, fields, depth);
  return html`${required.length > 0 && plainList(document, required, depth)}<details><summary>${others.length} optional</summary>${plainList(document, others, depth)}</details>`;
};

/** Names with their types, limits, defaults, and what is inside them. */
export const fieldList = (document: OpenApi, fields: readonly Field[]): Html => listOf(document, fields, 0);

/** The same of the fields of an object; of a list, of its elements. */
export const objectFields = (document: OpenApi, schema: Schema): Html =>
  html`${objectsIn(document, schema).map((each) => fieldList(document, fieldsOf(each)))}`;
