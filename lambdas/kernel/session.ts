import type { ErrorCode } from './errors.ts';
import type { TenantId } from './id.ts';
import type { Collection, IndexName } from './tables.ts';

export type Scalar = string | number | boolean;
/** What DynamoDB keeps, as plain JSON. `version` starts at 1 and grows by 1 with every replacement. */
export type Item = Readonly<Record<string, unknown>>;

interface WriteOn {
  readonly collection: Collection;
  readonly key: string;
  /** The error when the precondition does not hold. */
  readonly otherwise: ErrorCode;
}

/**
 * A change that is described, not yet made. Each names the precondition under which it may be made, and the error when
 * it does not hold. `serve` commits all of one request in one transaction.
 */
export type Write = WriteOn &
  (
    | {
        readonly kind: 'put-new';
        readonly item: Item;
        /** An item whose `expiresAt` is at or before this (epoch seconds) counts as gone: TTL deletes late. */
        readonly goneBySeconds?: number;
      }
    | { readonly kind: 'put-if'; readonly item: Item; readonly seen: Seen }
    | { readonly kind: 'remove-if'; readonly seen: Seen }
    /** Changes nothing: the item must be there and as it was seen. */
    | { readonly kind: 'check'; readonly seen: Seen }
    /** Counts a reference up or down on an existing item's `references`. */
    | { readonly kind: 'refer'; readonly by: 1 | -1 }
  );

/** Attributes that must still have these values. */
export type Seen = Readonly<Record<string, Scalar>>;

export interface ListRequest {
  readonly index?: IndexName;
  /** The sort key begins with this. */
  readonly prefix?: string;
  /** Sort key bounds, inclusive. Not with `prefix`. */
  readonly between?: readonly [string, string];
  readonly newestFirst?: boolean;
  readonly limit: number;
  /** Where the last page ended: sort key, and index sort key where an index is used. */
  readonly after?: Position;
  /** Month partition of the audit collection. */
  readonly month?: string;
}
export interface Position {
  readonly key: string;
  readonly indexKey?: string;
}
export interface Page {
  readonly items: readonly Item[];
  /** Of each item: where a list would go on behind it. */
  readonly positions: readonly Position[];
  /** Present when there may be more. */
  readonly next?: Position;
}

export interface ItemKey {
  readonly collection: Collection;
  readonly key: string;
}
/** `strong`: as all writes that were acknowledged left it. `eventual`: at half the cost, perhaps a moment older. */
export type Consistency = 'strong' | 'eventual';

/** The only way to a tenant's data: reads it, and describes writes. Built from a verified caller, never from input. */
export interface TenantSession {
  readonly tenant: TenantId;
  /** One strongly consistent read. */
  get(collection: Collection, key: string): Promise<Item | undefined>;
  /** Many items, in the order of the keys; undefined where there is none. */
  getAll(keys: readonly ItemKey[], consistency?: Consistency): Promise<readonly (Item | undefined)[]>;
  /** At most `limit` elements, in key order. */
  list(collection: Collection, request: ListRequest): Promise<Page>;
}

export const putNew = (
  collection: Collection,
  key: string,
  item: Item,
  otherwise: ErrorCode,
  goneBySeconds?: number,
): Write => ({
  kind: 'put-new',
  collection,
  key,
  item,
  otherwise,
  ...(goneBySeconds !== undefined && { goneBySeconds }),
});
export const putIf = (collection: Collection, key: string, item: Item, seen: Seen, otherwise: ErrorCode): Write => ({
  kind: 'put-if',
  collection,
  key,
  item,
  seen,
  otherwise,
});
export const removeIf = (collection: Collection, key: string, seen: Seen, otherwise: ErrorCode): Write => ({
  kind: 'remove-if',
  collection,
  key,
  seen,
  otherwise,
});
export const check = (collection: Collection, key: string, seen: Seen, otherwise: ErrorCode): Write => ({
  kind: 'check',
  collection,
  key,
  seen,
  otherwise,
});
export const refer = (collection: Collection, key: string, by: 1 | -1, otherwise: ErrorCode): Write => ({
  kind: 'refer',
  collection,
  key,
  by,
  otherwise,
});
