import type { Item, TenantSession } from '../../kernel/session.ts';
import { aliasKey } from '../../model/named-item.ts';

/** The id that a reference names: itself, or in one read what an alias points at. */
export const idNamed = async (
  session: TenantSession,
  collection: 'services' | 'teams',
  ref: string,
  idPrefix: string,
): Promise<string | undefined> => {
  if (ref.startsWith(idPrefix)) return ref;
  const target = (await session.get(collection, aliasKey(ref)))?.target;
  return typeof target === 'string' ? target : undefined;
};

/**
 * Whether an item is what a reference named. An alias that was taken away between two reads names nothing: what is
 * answered has the alias that was asked for.
 */
export const isNamed = (item: Item, ref: string, idPrefix: string): boolean =>
  ref.startsWith(idPrefix) || (Array.isArray(item.aliases) && item.aliases.includes(ref));
