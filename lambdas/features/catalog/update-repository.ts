import { fail } from '../../kernel/errors.ts';
import type { UseCase } from '../../kernel/use-case.ts';
import { applyPatch } from '../../model/apply-patch.ts';
import { RepositoryInput } from '../../model/repository.ts';
import { asFound } from './as-found.ts';
import type { Needs } from './needs.ts';
import { repositoryReplacement } from './repository-replacement.ts';
import type * as routes from './routes.ts';

export const updateRepository: UseCase<typeof routes.updateRepository, Needs> = async (
  needs,
  _caller,
  { repository: ref, body, ifMatch },
) => {
  const before = (await needs.repositories.find(ref)) ?? fail('repository-not-found');
  if (ifMatch !== undefined && before.version !== ifMatch) fail('version-mismatch');
  const change = repositoryReplacement(needs, before, applyPatch(RepositoryInput, before, body));
  return { ...change, writes: asFound(change.writes, ifMatch) };
};
