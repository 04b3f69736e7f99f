import type { Tenant } from './tenant.ts';

export interface Needs {
  readonly tenant: Tenant;
}
