import type { ApiRelease } from '../../kernel/api-release.ts';
import type { PageAssets } from '../../kernel/define-route.ts';
import { type Html, html, prose } from './html.ts';
import { pageText } from './page.ts';

const releaseSection = ({ version, changes }: ApiRelease): Html => html`<h2>${version}</h2>
<ul>${changes.map((change) => html`<li>${prose(change)}</li>`)}</ul>
`;

/** What has changed for callers of the API, the newest version first. */
export const changelogPage = (releases: readonly ApiRelease[], assets: PageAssets): string =>
  pageText(assets, {
    title: 'Changelog · Ringfence API reference',
    root: '../',
    main: html`<h1>Changelog</h1>
<p class="lede">What has changed for callers of the API, the newest version first.</p>
${releases.map(releaseSection)}`,
  });
