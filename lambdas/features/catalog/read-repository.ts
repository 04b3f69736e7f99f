import { fail } from '../../kernel/errors.ts';
import type { UseCase } from '../../kernel/use-case.ts';
import type { Needs } from './needs.ts';
import type * as routes from './routes.ts';

export const readRepository: UseCase<typeof routes.readRepository, Needs> = async (
  { repositories },
  _caller,
  { repository: ref },
) => {
  const repository = (await repositories.find(ref)) ?? fail('repository-not-found');
  return { body: repository, version: repository.version };
};
