import { type Collection, tableOf } from '../../lambdas/functions.ts';
import type { Place } from './item-request.ts';

/** Whose partition: a tenant id, or `platform`. Written once more on purpose: keys.ts must agree with this. */
export const placeOf = (owner: string, collection: Collection, sk = 'planted', month = '2026-11'): Place => ({
  table: tableOf(collection),
  pk: `${owner}#${collection}${collection === 'audit' ? `#${month}` : ''}`,
  sk,
});
