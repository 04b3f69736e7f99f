import type { OpenApi, Parameter } from '../../openapi.ts';
import { answerExample, answerSaid } from './answer-said.ts';
import { commandFigure } from './command-figure.ts';
import { curlOf } from './curl-of.ts';
import type { Described, Schema } from './described.ts';
import { errorLinks } from './error-links.ts';
import { type Field, fieldList, objectFields } from './field-list.ts';
import { type Html, html, prose } from './html.ts';
import { commonProblems, problemsIn } from './problems-in.ts';

const places = { path: 'In the path', query: 'In the query', header: 'Headers' } as const;

const fieldOf = ({ name, schema, required, description }: Parameter): Field => ({
  name,
  schema: schema as Schema,
  required,
  ...(description !== undefined && { description }),
});

const parametersOf = (document: OpenApi, { parameters = [] }: Described): readonly Html[] =>
  Object.entries(places).flatMap(([place, title]) => {
    const here = parameters.filter((each) => each.in === place);
    return here.length === 0 ? [] : [html`<h4>${title}</h4>${fieldList(document, here.map(fieldOf))}`];
  });

const bodyOf = (document: OpenApi, { requestBody }: Described): Html | undefined => {
  const [[mediaType, content] = []] = [Object.entries(requestBody?.content ?? {})[0]];
  return content && html`<h4>Body <code>${mediaType}</code></h4>${objectFields(document, content.schema as Schema)}`;
};

const errorsOf = (document: OpenApi, operation: Described): Html => {
  const common = new Set(commonProblems(document).map(({ code }) => code));
  const all = problemsIn(document, operation);
  const own = all.filter(({ code }) => !common.has(code));
  const others = all.filter(({ code }) => common.has(code));
  return html`<h4>Errors</h4>${own.length > 0 && errorLinks(own)}<details><summary>${own.length > 0 ? 'And' : 'Only'} those of every route (${others.length})</summary>${errorLinks(others)}</details>`;
};

const shown = (document: OpenApi, operation: Described): Html => {
  const { operationId: id, summary } = operation;
  const example = answerExample(document, operation);
  return html`<div class="shown">${commandFigure(id, curlOf(document, operation), `Copy as curl: ${summary}`)}${
    example !== undefined && html`<figure><figcaption>Answer</figcaption><pre><code>${example}</code></pre></figure>`
  }</div>`;
};

/** One operation: what it is for, what it takes, what it answers, and a command that calls it. */
export const operationSection = (document: OpenApi, operation: Described): Html => {
  const { operationId, method, path, summary, description, deprecated } = operation;
  return html`<section class="operation" id="${operationId}"><div class="said">
<h3><a href="#${operationId}">${summary}</a>${deprecated === true && html` <span class="mark">deprecated</span>`}</h3>
<p class="route"><span class="method ${method.toLowerCase()}">${method}</span> <code>${path}</code></p>
${description && html`<p>${prose(description)}</p>`}
${parametersOf(document, operation)}${bodyOf(document, operation)}${answerSaid(document, operation)}${errorsOf(document, operation)}
</div>${shown(document, operation)}</section>
`;
};
