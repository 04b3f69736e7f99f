import { aliasOf, numberedName } from '../descriptors/alias-of.ts';
import { slug } from '../descriptors/slug.ts';
import type { Stored, TenantCatalog } from '../entries.ts';
import { inOrder } from './descriptor.ts';

type Aliased = { readonly name: string; readonly aliases: readonly string[]; readonly kind?: string };

const aliased = <E extends Aliased>(all: readonly Stored<E>[], tell: (name: string, alias: string) => void) => {
  const taken = new Set(all.flatMap(({ entry }) => entry.aliases));
  const free = (name: string, kind: string): string => {
    // No alias begins like an id.
    const plain = slug(name, 'unnamed').replace(/^(svc|team)_/, '$1-');
    for (let number = 1; ; number += 1) {
      const alias = aliasOf({ kind, namespace: 'default', name: number === 1 ? plain : numberedName(plain, number) });
      if (taken.has(alias)) continue;
      taken.add(alias);
      return alias;
    }
  };
  return [...all]
    .sort((a, b) => inOrder(a.entry.name, b.entry.name))
    .map((stored) => {
      if (stored.entry.aliases.length > 0) return stored;
      const alias = free(stored.entry.name, stored.entry.kind ?? 'group');
      tell(stored.entry.name, alias);
      return { ...stored, entry: { ...stored.entry, aliases: [alias] } };
    });
};

/** The catalog with an alias for whatever has none: descriptors name things by it. `tell` hears which it made. */
export const withAliases = (catalog: TenantCatalog, tell: (name: string, alias: string) => void): TenantCatalog => ({
  ...catalog,
  team: aliased(catalog.team, tell),
  service: aliased(catalog.service, tell),
});
