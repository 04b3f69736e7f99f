import { type Html, html } from './html.ts';

/** A command that can be copied. Without the script of the page there is no button, and its text is selected by hand. */
export const commandFigure = (id: string, command: string, label: string): Html =>
  html`<figure><figcaption>curl <button type="button" hidden data-copies="curl-${id}" aria-label="${label}">Copy as curl</button></figcaption><pre><code id="curl-${id}">${command}</code></pre></figure>`;
