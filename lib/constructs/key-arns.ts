import type { Table } from '../../lambdas/functions.ts';

/** Where the keys are, for policies that name them. */
export interface KeyArns {
  readonly signing: string;
  readonly sealing: string;
  readonly paging: string;
  /** Of the locked bucket. */
  readonly trail: string;
  readonly table: (table: Table) => string;
}
