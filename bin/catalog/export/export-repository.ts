import { own } from '../descriptors/annotations.ts';
import { type Reference, shortReference } from '../descriptors/reference.ts';
import { repositoryAt } from '../descriptors/repository-url.ts';
import type { RepositoryEntry } from '../entries.ts';
import { differing } from '../plan/differing.ts';
import { type Descriptor, descriptor } from './descriptor.ts';

/** Whether an import makes just this of the services that name it; the first owner among these owns it. */
export const isImplied = (repository: RepositoryEntry, isUsed: boolean, firstOwner: string | undefined): boolean => {
  const { url } = repository;
  const implied = { name: repositoryAt(url).name, url, archived: false, owner: firstOwner };
  return isUsed && differing(implied, repository).length === 0;
};

/** Repository → Resource, for those that services do not already imply. */
export const exportRepository = (
  repository: RepositoryEntry,
  reference: Reference,
  owner: Reference | undefined,
): Descriptor => {
  const { name, url, description, language, archived } = repository;
  const annotations = {
    [own.repositoryUrl]: url,
    ...(language !== undefined && { [own.language]: language }),
    ...(archived && { [own.archived]: 'true' }),
  };
  const title = name === repositoryAt(url).name ? undefined : name;
  const spec = {
    type: 'git-repository',
    owner: owner && shortReference(owner, { kind: 'group', namespace: 'default' }),
  };
  return descriptor('Resource', { reference, title, description, annotations }, spec);
};
