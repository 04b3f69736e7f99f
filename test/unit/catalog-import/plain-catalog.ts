import type { TenantCatalog } from '../../../bin/catalog/entries.ts';

/** A catalog without ids, versions and order: what two tenants with the same one have in common. */
export const plainCatalog = ({ team, repository, service }: TenantCatalog) => {
  const names = new Map([
    ...team.map(({ id, entry }) => [id, entry.aliases[0]] as const),
    ...service.map(({ id, entry }) => [id, entry.aliases[0]] as const),
    ...repository.map(({ id, entry }) => [id, entry.url] as const),
  ]);
  const named = (id: string | undefined) => (id === undefined ? undefined : names.get(id));
  const byText = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
  return {
    teams: team.map(({ entry }) => ({ ...entry, parent: named(entry.parent) })).sort(byText),
    repositories: repository.map(({ entry }) => ({ ...entry, owner: named(entry.owner) })).sort(byText),
    services: service
      .map(({ entry }) => ({
        ...entry,
        owner: named(entry.owner),
        dependencies: entry.dependencies.map(named).sort(),
        repositories: entry.repositories.map(named),
      }))
      .sort(byText),
  };
};
