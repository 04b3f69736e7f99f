import { problemOf } from '../../kernel/errors.ts';
import { type Permission, permissions, permissionsOf, roles } from '../../kernel/permissions.ts';
import { bodyLimits } from '../../model/json-text.ts';
import type { OpenApi, Parameter } from '../../openapi.ts';
import { operationsIn, type Schema } from './described.ts';
import { errorLinks } from './error-links.ts';
import { fieldList, objectFields } from './field-list.ts';
import { type Html, html } from './html.ts';
import { commonProblems } from './problems-in.ts';
import { shownJson } from './shown-json.ts';

/** What holds for every operation, said once. */
export interface Convention {
  readonly id: string;
  readonly title: string;
  readonly text: Html;
}

/** A parameter that many operations take, as the first of them describes it. */
const anyParameter = (document: OpenApi, name: string): Parameter | undefined =>
  operationsIn(document)
    .flatMap(({ parameters = [] }) => parameters)
    .find((parameter) => parameter.name === name);

const parameterList = (document: OpenApi, ...names: readonly string[]): Html =>
  fieldList(
    document,
    names
      .map((name) => anyParameter(document, name))
      .filter((found) => found !== undefined)
      .map(({ name, schema, description = '' }) => ({ name, schema: schema as Schema, required: false, description })),
  );

const may = (permission: Permission): Html =>
  html`<tr><th scope="row"><code>${permission}</code></th>${roles.map((role) =>
    permissionsOf[role].includes(permission) ? html`<td>yes</td>` : html`<td class="no">no</td>`,
  )}</tr>`;

const authentication = (): Html => html`<p>Send an API token with every request, in one header and nowhere else:</p>
<pre><code>Authorization: Bearer $TOKEN</code></pre>
<p>A token acts for a user of one tenant; no path, query or body names a tenant. Tokens that admins issue can be narrowed to scopes. A token in a URL is refused with <a href="docs/errors/credential-in-url">credential-in-url</a>: URLs end up in logs.</p>
<p>Each operation names the one permission that it needs. What a role includes:</p>
<table><thead><tr><th scope="col">Permission</th>${roles.map((role) => html`<th scope="col">${role}</th>`)}</tr></thead><tbody>${permissions.map(may)}</tbody></table>`;

const errorsText = (
  document: OpenApi,
): Html => html`<p>Every refusal is a problem document (RFC 9457), <code>application/problem+json</code>. Programs decide by <code>code</code>, one of <a href="docs/errors">a closed list</a>; people read <code>detail</code>, which says what to do.</p>
<pre><code>${shownJson(problemOf('invalid-request', [{ field: 'body.name', expected: 'a string; it is missing' }]))}</code></pre>
${objectFields(document, document.components.schemas.Problem as Schema)}
<p>Whatever is asked with a token, these can be the answer; each operation lists what it adds.</p>
${errorLinks(commonProblems(document))}
<p>What is not there and what belongs to another tenant are answered alike, to the byte.</p>`;

const lists = (
  document: OpenApi,
): Html => html`<p>Lists come in pages. An answer with <code>next</code> has a following page: send it as <code>cursor</code>, with the same filters. The last page has no <code>next</code>.</p>
${parameterList(document, 'limit', 'cursor')}`;

const changes = (
  document: OpenApi,
): Html => html`<p>An item carries its version in <code>ETag</code>. Send it back in <code>If-Match</code> and a change is made only to what you have read: whoever came in between makes it <a href="docs/errors/version-mismatch">version-mismatch</a>, and nothing is lost.</p>
${parameterList(document, 'If-Match')}`;

const repeating = (
  document: OpenApi,
): Html => html`<p>Creating is safe to repeat with a key of your own. The first request does it; each repetition gets the first answer again, marked <code>Idempotency-Replayed: true</code>. A key with another body is refused: <a href="docs/errors/idempotency-key-reused">idempotency-key-reused</a>.</p>
${parameterList(document, 'Idempotency-Key')}`;

const limits =
  (): Html => html`<p>A body is JSON in UTF-8, at most ${bodyLimits.bytes.toLocaleString('en')} bytes, nested at most ${bodyLimits.depth} levels deep. A field or parameter that an operation does not know is refused, not ignored.</p>
<p>Too many requests are answered <a href="docs/errors/rate-limited">rate-limited</a>, a moment of overload <a href="docs/errors/unavailable">unavailable</a>. Both say in <code>Retry-After</code> how many seconds to wait, and neither had an effect.</p>`;

const versions =
  (): Html => html`<p>The version is in the path. Within <code>/v1</code> things are added: operations, optional fields of requests, fields of answers, error codes. Programs ignore what they do not know.</p>
<p>What is to go is deprecated first. Every answer of such an operation says since when, and from when on it may be gone:</p>
<pre><code>Deprecation: @1798761600
Sunset: Thu, 01 Jul 2027 00:00:00 GMT</code></pre>
<p>These are RFC 9745 and RFC 8594. The OpenAPI document marks the operation, and names the one to call in its place, as this page does. The <a href="docs/changelog">changelog</a> tells what has changed.</p>`;

export const conventions = (document: OpenApi): readonly Convention[] => [
  { id: 'authentication', title: 'Authentication', text: authentication() },
  { id: 'errors', title: 'Errors', text: errorsText(document) },
  { id: 'lists', title: 'Lists and pages', text: lists(document) },
  { id: 'versions-of-items', title: 'Changing what you have read', text: changes(document) },
  { id: 'repeating', title: 'Repeating a request', text: repeating(document) },
  { id: 'limits', title: 'Limits', text: limits() },
  { id: 'versions', title: 'Versions and deprecation', text: versions() },
];
