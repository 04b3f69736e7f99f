import { fail } from '../../kernel/errors.ts';
import type { UseCase } from '../../kernel/use-case.ts';
import type { Needs } from './needs.ts';
import type * as routes from './routes.ts';

/** Refused with `repository-in-use` while a service uses it. */
export const deleteRepository: UseCase<typeof routes.deleteRepository, Needs> = async (
  { repositories },
  _caller,
  { repository: ref, ifMatch },
) => {
  const repository = (await repositories.find(ref)) ?? fail('repository-not-found');
  if (ifMatch !== undefined && repository.version !== ifMatch) fail('version-mismatch');
  return { subject: repository.id, writes: repositories.removed(repository), body: undefined };
};
