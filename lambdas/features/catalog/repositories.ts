import type { TeamId } from '../../kernel/id.ts';
import { type Position, putIf, putNew, removeIf, type TenantSession, type Write } from '../../kernel/session.ts';
import { isSortKeyOf } from '../../model/fold.ts';
import { aliasesChanged, aliasKey, noReferences, referencesKey } from '../../model/named-item.ts';
import { Repository } from '../../model/repository.ts';
import { parseRepositoryItem, repositoryItem } from '../../model/repository-item.ts';
import { referencesChanged } from './references.ts';

/** A tenant's repositories: reads them, and describes writes that are not yet made. */
export interface Repositories {
  find(id: string): Promise<Repository | undefined>;
  findByUrl(url: string): Promise<Repository | undefined>;
  /** By name; only those of one owner where it is given. */
  list(owner: TeamId | undefined, limit: number, after?: Position): Promise<RepositoryPage>;
  inserted(repository: Repository): readonly Write[];
  replaced(before: Repository, after: Repository): readonly Write[];
  removed(repository: Repository): readonly Write[];
}
export interface RepositoryPage {
  readonly items: readonly Repository[];
  readonly next?: Position;
}

const ownerPrefix = (owner: TeamId | undefined): string => (owner ? `${owner}#` : '');

/** Whether the list can have ended there. */
export const isRepositoryPosition =
  (owner: TeamId | undefined) =>
  ({ key, indexKey }: Position): boolean =>
    Repository.shape.id.safeParse(key).success && isSortKeyOf(indexKey, ownerPrefix(owner), key);

const urlAndOwner = (before: Repository | undefined, after: Repository | undefined, id: string): readonly Write[] => [
  ...aliasesChanged('repositories', id, before ? [before.url] : [], after ? [after.url] : []),
  ...referencesChanged('teams', [before?.owner], [after?.owner], 'owner-not-found'),
];

export const repositoriesOf = (session: TenantSession): Repositories => {
  const find = async (id: string): Promise<Repository | undefined> => {
    const item = await session.get('repositories', id);
    return item && parseRepositoryItem(item);
  };
  return {
    find,
    findByUrl: async (url) => {
      const target = (await session.get('repositories', aliasKey(url)))?.target;
      const repository = typeof target === 'string' ? await find(target) : undefined;
      return repository?.url === url ? repository : undefined;
    },
    list: async (owner, limit, after) => {
      const { items, next } = await session.list('repositories', {
        index: owner ? 'by-owner' : 'by-name',
        ...(owner && { prefix: ownerPrefix(owner) }),
        limit,
        ...(after && { after }),
      });
      return { items: items.map(parseRepositoryItem), ...(next && { next }) };
    },
    inserted: (repository) => [
      putNew('repositories', repository.id, repositoryItem(repository), 'unavailable'),
      putNew('repositories', referencesKey(repository.id), noReferences, 'unavailable'),
      ...urlAndOwner(undefined, repository, repository.id),
    ],
    replaced: (before, after) => [
      putIf('repositories', after.id, repositoryItem(after), { version: before.version }, 'version-mismatch'),
      ...urlAndOwner(before, after, after.id),
    ],
    removed: (repository) => [
      removeIf('repositories', repository.id, { version: repository.version }, 'version-mismatch'),
      removeIf('repositories', referencesKey(repository.id), noReferences, 'repository-in-use'),
      ...urlAndOwner(repository, undefined, repository.id),
    ],
  };
};
