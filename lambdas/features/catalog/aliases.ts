import { type Item, putNew, removeIf, type TenantSession, type Write } from '../../kernel/session.ts';

/** Collections whose items have aliases beside their ids. */
type Named = 'services' | 'teams';

/** An alias is an item of its own, so that the table keeps it unique: two items cannot have one key. */
const aliasKey = (alias: string): string => `alias#${alias}`;

/** Points the new aliases at an item and takes the dropped ones away. Those in both lists are left alone. */
export const aliasesChanged = (
  collection: Named,
  target: string,
  before: readonly string[],
  after: readonly string[],
): readonly Write[] => [
  ...after
    .filter((alias) => !before.includes(alias))
    .map((alias) => putNew(collection, aliasKey(alias), { target, version: 1 }, 'alias-taken')),
  ...before
    .filter((alias) => !after.includes(alias))
    .map((alias) => removeIf(collection, aliasKey(alias), { target }, 'version-mismatch')),
];

const isAliasOf = (item: Item, alias: string): boolean => Array.isArray(item.aliases) && item.aliases.includes(alias);

/**
 * The item of an id, in one read, or of an alias, in two. An alias that was taken away between the two reads finds
 * nothing: what is answered has the alias that was asked for.
 */
export const findNamed = async (
  session: TenantSession,
  collection: Named,
  ref: string,
  idPrefix: string,
): Promise<Item | undefined> => {
  if (ref.startsWith(idPrefix)) return session.get(collection, ref);
  const target = (await session.get(collection, aliasKey(ref)))?.target;
  if (typeof target !== 'string') return undefined;
  const item = await session.get(collection, target);
  return item && isAliasOf(item, ref) ? item : undefined;
};
