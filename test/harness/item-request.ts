import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Access, type Table, tableName } from '../../lambdas/functions.ts';

/** Where an item is, or would be. */
export interface Place {
  readonly table: Table;
  readonly pk: string;
  readonly sk: string;
}

/** What a role can be given; `never`: no access that a route can declare gives it. */
export type Right =
  | 'GetItem'
  | 'BatchGetItem'
  | 'Query'
  | 'PutItem'
  | 'DeleteItem'
  | 'refer'
  | 'check'
  | 'stamp'
  | 'never';

/** What each access means, written once more on purpose: what the policies do must agree with this. */
const meaning: Readonly<Record<Access, readonly Right[]>> = {
  read: ['GetItem', 'BatchGetItem', 'Query'],
  add: ['PutItem'],
  change: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'DeleteItem'],
  refer: ['refer'],
  check: ['check'],
  stamp: ['stamp'],
  remove: ['Query', 'DeleteItem'],
};
export const rightsOf = (access: Access | readonly Access[] | undefined): ReadonlySet<Right> =>
  new Set([access ?? []].flat().flatMap((each: Access) => meaning[each]));

/** One way to reach items: all places in one call where the operation takes several, else the last. */
export interface ItemRequest {
  readonly name: string;
  readonly right: Right;
  readonly takesSeveral?: boolean;
  send(client: DynamoDBClient, ...places: readonly Place[]): Promise<unknown>;
}

const stage = 'local';
export const physical = (table: Table): string => tableName(stage, table);
export const keyAt = ({ pk, sk }: Place) => ({ pk: { S: pk }, sk: { S: sk } });
export const at = (places: readonly Place[]): Place => {
  const last = places.at(-1);
  if (!last) throw new Error('A request needs a place.');
  return last;
};
export const tableAt = ({ table }: Place) => ({ TableName: physical(table) });
