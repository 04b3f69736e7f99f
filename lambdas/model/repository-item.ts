import * as z from 'zod';
import type { Item } from '../kernel/session.ts';
import { sortKey } from './fold.ts';
import { Repository } from './repository.ts';

const schema = 1;
const StoredRepository = z.object({ ...Repository.shape, schema: z.literal(schema) });

/** Drops what storage adds. Throws when the item is not a repository of a schema we know. */
export const parseRepositoryItem = (item: Item): Repository => {
  const { schema: _, ...repository } = StoredRepository.parse(item);
  return repository;
};

export const repositoryItem = (repository: Repository): Item => {
  const byName = sortKey(repository.name, repository.id);
  return {
    ...repository,
    schema,
    nameKey: byName,
    ...(repository.owner && { ownerKey: `${repository.owner}#${byName}` }),
  };
};
