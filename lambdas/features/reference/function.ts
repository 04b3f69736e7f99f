import { contract } from '../../contract.ts';
import { type ApiRelease, apiReleasesFile } from '../../kernel/api-release.ts';
import { openApiOf } from '../../openapi.ts';
import { besideBundle } from '../../platform/beside-bundle.ts';
import { servePublic } from '../../platform/serve-public.ts';
import { changelogPage } from './changelog-page.ts';
import { errorIndexPage } from './error-pages.ts';
import { once } from './once.ts';
import { readError } from './read-error.ts';
import { referencePage } from './reference-page.ts';
import * as routes from './routes.ts';

const document = once(() => openApiOf(contract));
const reference = once(() => referencePage(document(), routes.readReference.answers.html));
const changelog = once(() =>
  changelogPage(besideBundle<readonly ApiRelease[]>(apiReleasesFile), routes.readChangelog.answers.html),
);
const errors = once(() => errorIndexPage(routes.listErrors.answers.html));

export const handler = servePublic(routes, {
  readOpenApi: async () => ({ body: document() }),
  readReference: async () => ({ body: reference() }),
  readChangelog: async () => ({ body: changelog() }),
  listErrors: async () => ({ body: errors() }),
  readError: readError(contract),
});
