import { fail } from '../../kernel/errors.ts';
import type { UseCase } from '../../kernel/use-case.ts';
import type { Needs } from './needs.ts';
import { repositoryReplacement } from './repository-replacement.ts';
import type * as routes from './routes.ts';

export const replaceRepository: UseCase<typeof routes.replaceRepository, Needs> = async (
  needs,
  _caller,
  { repository: ref, body, ifMatch },
) => {
  const before = (await needs.repositories.find(ref)) ?? fail('repository-not-found');
  if (before.version !== ifMatch) fail('version-mismatch');
  return repositoryReplacement(needs, before, body);
};
