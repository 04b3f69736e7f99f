import { createHash } from 'node:crypto';
import { fail } from '../kernel/errors.ts';
import type { TenantId } from '../kernel/id.ts';
import type { Position, Scalar } from '../kernel/session.ts';

/** The list that a cursor continues. It continues no other: not another tenant's, nor one with other filters. */
export interface ListScope {
  readonly tenant: TenantId;
  /** Operation name: `listServices`. */
  readonly operation: string;
  readonly filters?: Readonly<Record<string, Scalar | undefined>>;
}

const fingerprintBytes = 12;

const fingerprintOf = (scope: ListScope, position: string): string => {
  const filters = Object.entries(scope.filters ?? {})
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([scope.tenant, scope.operation, filters, position]))
    .digest()
    .subarray(0, fingerprintBytes)
    .toString('base64url');
};

/** Where the next page starts, as customers see it: `<fingerprint>.<position>`, both base64url. */
export const cursorFor = (scope: ListScope, { key, indexKey }: Position): string => {
  const position = Buffer.from(JSON.stringify(indexKey === undefined ? [key] : [key, indexKey])).toString('base64url');
  return `${fingerprintOf(scope, position)}.${position}`;
};

/** JSON can name half a character, which no key is made of and no table takes. */
const isText = (part: unknown): part is string => typeof part === 'string' && !/\p{Cs}/u.test(part);

const positionIn = (cursor: string): Position | undefined => {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor.split('.')[1] ?? '', 'base64url').toString('utf8'));
    if (!Array.isArray(parts)) return undefined;
    const [key, indexKey, ...others]: unknown[] = parts;
    if (!isText(key) || others.length > 0) return undefined;
    if (indexKey === undefined) return { key };
    return isText(indexKey) ? { key, indexKey } : undefined;
  } catch {
    return undefined;
  }
};

/**
 * The position a cursor holds, or undefined without a cursor. Throws `invalid-cursor` unless the cursor is to the
 * character what `cursorFor` made for this list.
 *
 * The fingerprint has no key, since a cursor grants nothing: it holds sort keys only, and the partition is always the
 * caller's own. But anybody can compute one, so `fits` says which sort keys this list could have ended at.
 */
export const parseCursor = (
  scope: ListScope,
  cursor: string | undefined,
  fits: (position: Position) => boolean,
): Position | undefined => {
  if (cursor === undefined) return undefined;
  const position = positionIn(cursor);
  if (position === undefined || !fits(position) || cursorFor(scope, position) !== cursor)
    return fail('invalid-cursor', [{ field: 'query.cursor', expected: '"next" of the last page, with its filters' }]);
  return position;
};

/** A page as it is answered. `next` is present when there may be more, also after a page with no items. */
export const pageAnswer = <T>(
  scope: ListScope,
  items: readonly T[],
  next: Position | undefined,
): { items: T[]; next?: string } => ({
  items: [...items],
  ...(next && { next: cursorFor(scope, next) }),
});
