import type { OpenApi } from '../../openapi.ts';
import { answeredObjects } from './answered-object.ts';
import { conventions } from './conventions.ts';
import { type Described, operationsIn } from './described.ts';
import { type Html, html } from './html.ts';

/** A feature and its operations, in the order of the contract. */
export interface Feature {
  readonly name: string;
  readonly operations: readonly Described[];
}

export const featuresOf = (document: OpenApi): readonly Feature[] =>
  document.tags.map(({ name }) => ({
    name,
    operations: operationsIn(document).filter(({ tags }) => tags.includes(name)),
  }));

/** `audit` → `Audit`. */
export const titleOf = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const group = (title: string, target: string, items: readonly Html[]): Html =>
  html`<li><a href="#${target}">${title}</a><ul>${items.map((item) => html`<li>${item}</li>`)}</ul></li>
`;

/** Everything that the page has, by feature. Small screens show its first level only. */
export const navigation = (document: OpenApi): Html => html`<nav aria-label="Reference"><ul>
${group(
  'Conventions',
  'conventions',
  conventions(document).map(({ id, title }) => html`<a href="#${id}">${title}</a>`),
)}${featuresOf(document).map(({ name, operations }) =>
  group(
    titleOf(name),
    `feature-${name}`,
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
