import type { PageAssets } from '../../kernel/define-route.ts';
import type { OpenApi } from '../../openapi.ts';
import { answeredObjects } from './answered-object.ts';
import { chaptersOf } from './chapters.ts';
import { conventions } from './conventions.ts';
import type { Schema } from './described.ts';
import { objectFields } from './field-list.ts';
import { type Html, html, prose } from './html.ts';
import { navigation } from './navigation.ts';
import { operationSection } from './operation-section.ts';
import { pageText } from './page.ts';

const start = ({
  info,
}: OpenApi): Html => html`<h1>${String(info.title)} API <span class="version">${String(info.version)}</span></h1>
<p class="lede">${prose(String(info.description))}</p>
<p>This page is made from the <a href="v1/openapi.json">OpenAPI document</a>, and both from the definitions that the API itself runs on. Put a token into <code>TOKEN</code> and every command here can be pasted into a shell.</p>
<noscript><p>In the commands, <code>$API</code> stands for the address of this page without <code>/docs</code>.</p></noscript>
`;

const conventionSections = (document: OpenApi): Html => html`<h2 id="conventions">Conventions</h2>
${conventions(document).map(
  ({
    id,
    title,
    text,
  }) => html`<section class="convention" id="${id}"><h3><a href="#${id}">${title}</a></h3>${text}</section>
`,
)}`;

const objectSections = (document: OpenApi): Html => html`<h2 id="objects">Objects</h2>
${answeredObjects(document).map(
  (name) => html`<section class="convention" id="${name}"><h3><a href="#${name}">${name}</a></h3>${objectFields(
    document,
    document.components.schemas[name] as Schema,
  )}</section>
`,
)}`;

/** The document as a page for people. Everything on it that is about an operation is read from the document. */
export const referencePage = (document: OpenApi, assets: PageAssets): string =>
  pageText(assets, {
    title: `${String(document.info.title)} API reference`,
    root: '',
    navigation: navigation(document),
    main: html`${start(document)}${conventionSections(document)}${chaptersOf(document).map(
      ({ id, title, operations }) => html`<h2 id="${id}">${title}</h2>
${operations.map((operation) => operationSection(document, operation))}`,
    )}${objectSections(document)}`,
  });
