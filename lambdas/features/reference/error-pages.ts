import type { Operation } from '../../contract.ts';
import type { PageAssets } from '../../kernel/define-route.ts';
import { type ErrorCode, errors } from '../../kernel/errors.ts';
import { errorArticle } from './error-article.ts';
import { errorsByStatus } from './errors-by-status.ts';
import { type Html, html, prose } from './html.ts';
import { pageText } from './page.ts';

const row = (code: ErrorCode): Html =>
  html`<li><span class="status">${errors[code].status}</span> <a href="errors/${code}">${code}</a> <span>${errors[code].title}${errors[code].retryable && '; may succeed later'}</span></li>
`;

/** The list of all errors, at /docs/errors. */
export const errorIndexPage = (assets: PageAssets): string =>
  pageText(assets, {
    title: 'Errors · Ringfence API reference',
    root: '../',
    main: html`<h1>Errors</h1>
<p class="lede">Every refusal is a problem document (RFC 9457) with one of these codes.</p>
<p>Programs decide by <code>code</code>; people read <code>detail</code>; <code>errors</code> names the fields.</p>
<ul class="index">
${errorsByStatus.map(row)}</ul>`,
  });

/** The page of one error, where the `type` of a problem leads. */
export const errorPage = (code: ErrorCode, contract: readonly Operation[], assets: PageAssets): string => {
  const { status, title, again, why, advice, more, example, routes, answeredBy } = errorArticle(code, contract);
  const list = routes.map(
    ({ method, path, operation, summary }) =>
      html`<li><a href="../../docs#${operation}"><span class="method ${method.toLowerCase()}">${method}</span> <code>${path}</code></a> ${summary}</li>`,
  );
  return pageText(assets, {
    title: `${code} · Ringfence API reference`,
    root: '../../',
    main: html`<p class="trail"><a href="../errors">Errors</a></p>
<h1>${title}</h1>
<p class="lede"><span class="status">${status}</span> <code>${code}</code></p>
<p>${prose(again)}</p>
<h2>Why it happens</h2>
<ul>${why.map((cause) => html`<li>${prose(cause)}</li>`)}</ul>
<h2>What to do</h2>
<p>${prose(advice)}</p>${more && html`<p>${prose(more)}</p>`}
<h2>What it looks like</h2>
<pre><code>${example}</code></pre>
<h2>Which routes answer it</h2>
${list.length > 0 && html`<ul class="routes">${list}</ul>`}${answeredBy.map((sentence) => html`<p>${prose(sentence)}</p>`)}`,
  });
};
