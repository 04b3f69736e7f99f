import type { OpenApi } from '../../openapi.ts';
import { branchesOf, type Described, nameIn, operationsIn, resolved, type Schema } from './described.ts';
import { keptFor } from './kept-for.ts';

/** The body of a successful answer, and how it is sent. */
export interface AnsweredBody {
  readonly status: string;
  readonly mediaType?: string;
  readonly schema?: Schema;
  readonly headers: readonly { readonly name: string; readonly description: string }[];
}

export const successOf = ({ responses }: Described): AnsweredBody => {
  const [status = '', answer] = Object.entries(responses).find(([each]) => each.startsWith('2')) ?? [];
  if (!answer || '$ref' in answer) return { status, headers: [] };
  const [mediaType, content] = Object.entries(answer.content ?? {})[0] ?? [];
  const headers = Object.entries(answer.headers ?? {}).map(([name, { description }]) => ({ name, description }));
  return { status, headers, ...(mediaType && { mediaType }), ...(content && { schema: content.schema as Schema }) };
};

/** What a page of a list, or the lines of an export, are made of. */
export const elementOf = (document: OpenApi, schema: Schema): Schema | undefined => {
  const { type, items, properties = {} } = resolved(document, schema);
  if (type === 'array') return branchesOf(items ?? {})[0] ?? items;
  const [first, second, third] = Object.keys(properties);
  return first === 'items' && third === undefined && (second === undefined || second === 'next')
    ? properties.items?.items
    : undefined;
};

const isObject = (document: OpenApi, schema: Schema): boolean => resolved(document, schema).properties !== undefined;

/** Names of the objects that answers hold: each is described once, and linked. */
export const answeredObjects = keptFor((document): readonly string[] => {
  const names = operationsIn(document).flatMap((operation) => {
    const { schema } = successOf(operation);
    const object = schema && (elementOf(document, schema) ?? schema);
    return object && isObject(document, object) ? [nameIn(object)] : [];
  });
  return [...new Set(names.filter((name) => name !== undefined))];
});
