import { mapped } from '../descriptors/annotations.ts';
import type { Reference } from '../descriptors/reference.ts';
import { slug } from '../descriptors/slug.ts';
import type { ServiceEntry, Stored, TeamEntry, TenantCatalog } from '../entries.ts';
import { type Descriptor, descriptor, inOrder } from './descriptor.ts';
import { exportGroup } from './export-group.ts';
import { exportRepository, isImplied } from './export-repository.ts';
import { exportService } from './export-service.ts';
import { type Named, naming } from './named.ts';
import { withAliases } from './with-aliases.ts';

/** The descriptors of a catalog, by kind, each in one order. */
export type Exported = Readonly<
  Record<'groups' | 'users' | 'components' | 'apis' | 'resources', readonly Descriptor[]>
>;

const byFirstAlias = <E extends { readonly aliases: readonly string[] }>(a: Stored<E>, b: Stored<E>): number =>
  inOrder(a.entry.aliases[0] ?? '', b.entry.aliases[0] ?? '');

interface Names {
  readonly teams: ReadonlyMap<string, Named>;
  readonly services: ReadonlyMap<string, Named>;
  readonly users: ReadonlyMap<string, Reference>;
  /** A name that nothing else has. */
  readonly free: (reference: Reference) => Reference;
}

const namesOf = ({ team, service }: TenantCatalog): Names => {
  const teamNames = naming(mapped.team);
  const serviceNames = naming(mapped.service);
  const userNames = naming([]);
  const emails = [...new Set(team.flatMap(({ entry }) => entry.members))].sort(inOrder);
  const user = (email: string): Reference =>
    userNames.free({ kind: 'user', namespace: 'default', name: slug(email.replace('@', '-'), 'user') });
  return {
    teams: new Map(team.map(({ id, entry }) => [id, teamNames.nameOf({ ...entry, kind: 'group' })])),
    services: new Map(service.map(({ id, entry }) => [id, serviceNames.nameOf(entry)])),
    users: new Map(emails.map((email) => [email, user(email)])),
    free: serviceNames.free,
  };
};

/** @throws for what was not named, and all is. */
const nameIn = (names: ReadonlyMap<string, Named>, id: string): Named => {
  const named = names.get(id);
  if (!named) throw new Error(`Nothing was named ${id}.`);
  return named;
};

const referencesIn = (named: ReadonlyMap<string, Named>, ids: readonly string[]): readonly Reference[] =>
  ids.map((id) => named.get(id)?.reference).filter((reference) => reference !== undefined);

const users = (teams: readonly Stored<TeamEntry>[], names: Names): readonly Descriptor[] =>
  [...names.users].map(([email, reference]) => {
    const memberOf = teams
      .filter(({ entry }) => entry.members.includes(email))
      .map(({ id }) => names.teams.get(id)?.reference)
      .filter((team) => team !== undefined)
      .map(({ namespace, name }) => `${namespace === 'default' ? '' : `${namespace}/`}${name.toLowerCase()}`)
      .sort(inOrder);
    return descriptor('User', { reference, annotations: {} }, { profile: { email }, memberOf });
  });

/** The APIs that each component provides, by its id: those that depend on it. */
const providedBy = (services: readonly Stored<ServiceEntry>[]): ReadonlyMap<string, readonly string[]> => {
  const provided = new Map<string, string[]>();
  for (const { id, entry } of services)
    for (const needed of entry.kind === 'api' ? entry.dependencies : [])
      provided.set(needed, [...(provided.get(needed) ?? []), id]);
  return provided;
};

const exportServices = ({ service, repository }: TenantCatalog, names: Names) => {
  const urls = new Map(repository.map(({ id, entry }) => [id, entry.url]));
  const provided = providedBy(service);
  const named = (ids: readonly string[]) => referencesIn(names.services, ids);
  return service.map(({ id, entry }) =>
    exportService(entry, nameIn(names.services, id), {
      owner: names.teams.get(entry.owner ?? '')?.reference,
      dependencies: named(entry.dependencies),
      provided: entry.kind === 'component' ? named(provided.get(id) ?? []) : [],
      repositoryUrls: entry.repositories.map((each) => urls.get(each)).filter((url) => url !== undefined),
    }),
  );
};

const exportRepositories = ({ repository }: TenantCatalog, services: readonly Stored<ServiceEntry>[], names: Names) => {
  const owners = new Map<string, string | undefined>();
  for (const { entry } of services) for (const id of entry.repositories) owners.set(id, owners.get(id) ?? entry.owner);
  return [...repository]
    .sort((a, b) => inOrder(a.entry.url, b.entry.url))
    .filter(({ id, entry }) => !isImplied(entry, owners.has(id), owners.get(id)))
    .map(({ entry }) => {
      const reference = names.free({ kind: 'resource', namespace: 'default', name: slug(entry.name, 'repository') });
      return exportRepository(entry, reference, names.teams.get(entry.owner ?? '')?.reference);
    });
};

/** The whole catalog as descriptors: the same catalog gives the same ones. `tell` hears of aliases that were made up. */
export const exportCatalog = (tenant: TenantCatalog, tell: (name: string, alias: string) => void): Exported => {
  const aliased = withAliases(tenant, tell);
  const team = [...aliased.team].sort(byFirstAlias);
  // The first to name a repository gives it an owner, by alias: an import goes by the same order.
  const service = [...aliased.service].sort(byFirstAlias);
  const catalog = { ...aliased, team, service };
  const names = namesOf(catalog);
  const services = exportServices(catalog, names);
  const ofKind = (kind: string) => services.filter((each) => each.kind === kind);
  const groups = team.map(({ id, entry }) =>
    exportGroup(entry, nameIn(names.teams, id), {
      parent: names.teams.get(entry.parent ?? '')?.reference,
      members: entry.members.map((email) => names.users.get(email)).filter((user) => user !== undefined),
    }),
  );
  return {
    groups,
    users: users(team, names),
    components: ofKind('Component'),
    apis: ofKind('API'),
    resources: [...ofKind('Resource'), ...exportRepositories(catalog, service, names)],
  };
};
