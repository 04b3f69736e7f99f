import type { OpenApi } from '../../openapi.ts';
import { answeredObjects } from './answered-object.ts';
import { chaptersOf } from './chapters.ts';
import { conventions } from './conventions.ts';
import { type Html, html } from './html.ts';

const group = (title: string, target: string, items: readonly Html[]): Html =>
  html`<li><a href="#${target}">${title}</a><ul>${items.map((item) => html`<li>${item}</li>`)}</ul></li>
`;

/** Everything that the page has, by feature. Small screens show its first level only. */
export const navigation = (document: OpenApi): Html => html`<nav aria-label="Reference"><ul>
${group(
  'Conventions',
  'conventions',
  conventions(document).map(({ id, title }) => html`<a href="#${id}">${title}</a>`),
)}${chaptersOf(document).map(({ id, title, operations }) =>
  group(
    title,
    id,
    operations.map(
      ({ operationId, method, summary, deprecated }) =>
        html`<a href="#${operationId}"${deprecated === true && html` class="gone"`}><span class="method ${method.toLowerCase()}">${method}</span> ${summary}</a>`,
    ),
  ),
)}${group(
  'Objects',
  'objects',
  answeredObjects(document).map((name) => html`<a href="#${name}">${name}</a>`),
)}</ul></nav>`;
