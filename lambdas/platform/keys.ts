import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { TenantId } from '../kernel/id.ts';
import type { Collection } from '../kernel/tables.ts';

/** `<tenant id>#<collection>`; audit events are partitioned by month as well. */
export const partitionOf = (tenant: TenantId, collection: Collection, month?: string): string => {
  if (collection !== 'audit') return `${tenant}#${collection}`;
  if (!month || !/^\d{4}-\d{2}$/.test(month)) throw new Error('An audit partition needs its month, such as 2026-11.');
  return `${tenant}#audit#${month}`;
};

/** The primary key of an item. An audit event's sort key begins with its time, and so names its month. */
export const keyOf = (tenant: TenantId, collection: Collection, key: string): Record<'pk' | 'sk', AttributeValue> => ({
  pk: { S: partitionOf(tenant, collection, collection === 'audit' ? key.slice(0, 7) : undefined) },
  sk: { S: key },
});
