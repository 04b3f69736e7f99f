import { contract } from '../../contract.ts';
import { openApiOf } from '../../openapi.ts';
import { servePublic } from '../../platform/serve-public.ts';
import { readOpenApi } from './read-open-api.ts';
import * as routes from './routes.ts';

export const handler = servePublic(routes, { readOpenApi: readOpenApi(() => openApiOf(contract)) });
