import type { OpenApi } from '../../openapi.ts';
import { answeredObjects, elementOf, successOf } from './answered-object.ts';
import { type Described, nameIn, type Schema } from './described.ts';
import { exampleOf } from './example-of.ts';
import { type Html, html } from './html.ts';
import { shownJson } from './shown-json.ts';

const linked = (document: OpenApi, schema: Schema): Html => {
  const name = nameIn(schema);
  return name && answeredObjects(document).includes(name)
    ? html`<a href="#${name}">${name}</a>`
    : html`<code>${name ?? 'object'}</code>`;
};

const bodySaid = (document: OpenApi, schema: Schema, mediaType: string): Html => {
  if (mediaType.startsWith('text/html')) return html`A page for people.`;
  const element = elementOf(document, schema);
  if (!element) return html`${linked(document, schema)}.`;
  return mediaType.endsWith('ndjson')
    ? html`Lines of JSON, each a ${linked(document, element)}; the last names the next page.`
    : html`A page of ${linked(document, element)}.`;
};

/** What a success is: status, body and headers. */
export const answerSaid = (document: OpenApi, operation: Described): Html => {
  const { status, mediaType = '', schema, headers } = successOf(operation);
  const body = schema ? bodySaid(document, schema, mediaType) : 'Without a body.';
  const names = headers.map(({ name }, at) => html`${at > 0 && ', '}<code>${name}</code>`);
  return html`<h4>Answer</h4><p><span class="status">${status}</span> ${body}${names.length > 0 && html` With ${names}.`}</p>`;
};

/** A body as it may come back, every field in it. */
export const answerExample = (document: OpenApi, operation: Described): string | undefined => {
  const { mediaType = '', schema } = successOf(operation);
  if (!schema || !mediaType.includes('json')) return undefined;
  const element = elementOf(document, schema);
  if (mediaType.endsWith('ndjson')) return element && JSON.stringify(exampleOf(document, element, 'all'));
  return shownJson(exampleOf(document, schema, 'all'));
};
