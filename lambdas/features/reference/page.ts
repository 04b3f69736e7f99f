import type { PageAssets } from '../../kernel/define-route.ts';
import { Html, html } from './html.ts';

export interface Page {
  readonly title: string;
  /** From the page to where the API is: links must hold at the root of a domain and under a stage's path alike. */
  readonly root: '' | '../' | '../../';
  readonly navigation?: Html;
  readonly main: Html;
}

/** A shield, for the browser's tab. */
const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Cpath fill='%230b6670' d='M16 2 4 7v8c0 8 5 13 12 15 7-2 12-7 12-15V7z'/%3E%3C/svg%3E";

/** A whole page: what is around its content, its style and its script. */
export const pageText = ({ style, script }: PageAssets, { title, root, navigation, main }: Page): string =>
  html`${new Html('<!doctype html>')}
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="${icon}">
<style>${new Html(style)}</style>
</head>
<body id="top"${navigation && html` class="with-navigation"`}>
<a class="skip" href="#content">Skip to content</a>
<header><a class="brand" href="${root}docs#top">Ringfence <span>API reference</span></a>
<ul><li><a href="${root}docs/errors">Errors</a></li><li><a href="${root}docs/changelog">Changelog</a></li><li><a href="${root}v1/openapi.json">OpenAPI</a></li></ul></header>
${navigation}
<main id="content" tabindex="-1">
${main}
</main>
${script !== undefined && html`<p class="told" role="status" aria-live="polite"></p><script>${new Html(script)}</script>`}
</body>
</html>
`.toString();
