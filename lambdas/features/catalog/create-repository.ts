import type { UseCase } from '../../kernel/use-case.ts';
import { newRepository } from '../../model/repository.ts';
import type { Needs } from './needs.ts';
import type * as routes from './routes.ts';

export const createRepository: UseCase<typeof routes.createRepository, Needs> = async (
  { repositories, clock, newId },
  _caller,
  { body },
) => {
  const repository = newRepository(newId('repo'), body, clock.now());
  return {
    subject: repository.id,
    writes: repositories.inserted(repository),
    body: repository,
    version: repository.version,
    location: `/v1/repositories/${repository.id}`,
  };
};
