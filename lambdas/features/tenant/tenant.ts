import * as z from 'zod';
import type { TenantSession } from '../../kernel/session.ts';
import { TenantView } from '../../model/tenant.ts';

/** What the platform keeps about the caller's tenant. */
export interface Tenant {
  /** Throws when there is none: a verified caller always has a tenant. */
  read(): Promise<TenantView>;
}

/** Operators keep more about a tenant than it may see: all else is dropped. */
const StoredTenant = z.object(TenantView.shape);

export const tenantOf = (session: TenantSession): Tenant => ({
  read: async () => StoredTenant.parse(await session.get('status', 'status')),
});
