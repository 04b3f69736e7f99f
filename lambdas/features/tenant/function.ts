import { serve } from '../../platform/serve.ts';
import type { Needs } from './needs.ts';
import { readMe } from './read-me.ts';
import { readTenant } from './read-tenant.ts';
import * as routes from './routes.ts';
import { tenantOf } from './tenant.ts';

export const handler = serve<typeof routes, Needs>(routes, { readMe, readTenant }, (session) => ({
  tenant: tenantOf(session),
}));
