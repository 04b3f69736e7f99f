import { fail } from '../../kernel/errors.ts';
import type { UseCase } from '../../kernel/use-case.ts';
import { isSameInput } from '../../model/apply-patch.ts';
import { newRepository, RepositoryInput } from '../../model/repository.ts';
import type { Needs } from './needs.ts';
import { repositoryReplacement } from './repository-replacement.ts';
import type * as routes from './routes.ts';
import { created, replaced, unchanged } from './upserted.ts';

/** One element of the bulk change: the repository that has its URL becomes what it says. */
export const upsertRepositories: UseCase<typeof routes.upsertRepositories, Needs> = async (
  needs,
  _caller,
  { body: { version, ...input } },
) => {
  const { repositories, clock, newId } = needs;
  const before = await repositories.findByUrl(input.url);
  if (version !== undefined && before?.version !== version) fail('version-mismatch');
  if (!before) {
    const repository = newRepository(newId('repo'), input, clock.now());
    return created(repository, repositories.inserted(repository), input.url);
  }
  if (isSameInput(RepositoryInput, before, input)) return unchanged(before);
  return replaced(repositoryReplacement(needs, before, input), version);
};
