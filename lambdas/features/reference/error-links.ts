import { type Html, html } from './html.ts';
import type { Problem } from './problems-in.ts';

/** Errors as links to their pages. */
export const errorLinks = (problems: readonly Problem[]): Html =>
  html`<ul class="errors">${problems.map(
    ({ status, code }) => html`<li><a href="docs/errors/${code}"><span>${status}</span> ${code}</a></li>`,
  )}</ul>`;
