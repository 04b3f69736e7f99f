import { createHash } from 'node:crypto';
import type { ErrorCode } from '../kernel/errors.ts';
import { type Item, putNew, removeIf, type Seen, type Write } from '../kernel/session.ts';

/** Collections whose things have further names beside their ids: aliases, or the URL of a repository. */
export type Named = 'services' | 'teams' | 'repositories';

/** Less than the 1,024 bytes of a sort key, which a URL of few characters may have. */
const keptBytes = 900;

/**
 * A further name is an item of its own, so that the table keeps it unique: two items cannot have one key. A name that is
 * too long for a key stands there by its digest.
 * Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
export const aliasKey = (alias: string): string =>
  Buffer.byteLength(alias) <= keptBytes
    ? `alias#${alias}`
    : `alias#${createHash('sha256').update(alias).digest('hex')}`;

/** An item that points at a thing: by an alias, or from what a service has several of. */
export const pointerItem = (target: string): Item => ({ target, version: 1 });

/** Points new keys at an item and takes the dropped ones away. Those in both lists are left alone. */
export const pointersChanged = (
  { collection, target, taken }: { readonly collection: Named; readonly target: string; readonly taken: ErrorCode },
  before: readonly string[],
  after: readonly string[],
): readonly Write[] => [
  ...after.filter((key) => !before.includes(key)).map((key) => putNew(collection, key, pointerItem(target), taken)),
  ...before
    .filter((key) => !after.includes(key))
    .map((key) => removeIf(collection, key, { target }, 'version-mismatch')),
];

export const aliasesChanged = (
  collection: Named,
  target: string,
  before: readonly string[],
  after: readonly string[],
): readonly Write[] => {
  const taken = collection === 'repositories' ? 'repository-exists' : 'alias-taken';
  return pointersChanged({ collection, target, taken }, before.map(aliasKey), after.map(aliasKey));
};

/**
 * Beside each thing that others refer to stands the count of those that do. Whoever refers counts itself in the same
 * transaction, and the thing is removed only with a count of 0: whoever comes first, nothing is left that refers to what
 * is not there. It is an item of its own so that a thing's version does not change with those who refer to it.
 */
export const referencesKey = (id: string): string => `references#${id}`;
export const noReferences: Seen = { references: 0 };
