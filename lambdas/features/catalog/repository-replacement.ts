import type { Change } from '../../kernel/use-case.ts';
import { changedFields } from '../../model/changed-fields.ts';
import { type Repository, type RepositoryInput, replacedRepository } from '../../model/repository.ts';
import type { Needs } from './needs.ts';

/** What happens when a repository becomes what `input` says. */
export const repositoryReplacement = (
  { repositories, clock }: Pick<Needs, 'repositories' | 'clock'>,
  before: Repository,
  input: RepositoryInput,
): Change<Repository> => {
  const after = replacedRepository(before, input, clock.now());
  return {
    subject: after.id,
    writes: repositories.replaced(before, after),
    body: after,
    version: after.version,
    details: { changed: changedFields(before, after) },
  };
};
