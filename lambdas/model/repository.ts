import * as z from 'zod';
import { RepositoryId, TeamId } from '../kernel/id.ts';
import { firstVersion, nextVersion, versioned } from './versioned.ts';
import { Line, Text, UrlOf } from './words.ts';

/** What a customer says of a repository. */
export const RepositoryInput = z
  .strictObject({
    name: Line(200).meta({ examples: ['payments'] }),
    url: UrlOf(500).meta({ description: 'Unique in the tenant', examples: ['https://git.example.com/payments'] }),
    description: Text(4000).optional(),
    owner: TeamId.optional(),
    language: Line(40).optional(),
    archived: z.boolean().default(false),
  })
  .meta({ id: 'RepositoryInput' });
export type RepositoryInput = z.output<typeof RepositoryInput>;

/** A repository: where code is that services are made of. */
export const Repository = z
  .strictObject({ ...RepositoryInput.shape, id: RepositoryId, ...versioned })
  .meta({ id: 'Repository' });
export type Repository = z.output<typeof Repository>;

export const newRepository = (id: RepositoryId, input: RepositoryInput, nowMs: number): Repository =>
  firstVersion(id, input, nowMs);
export const replacedRepository = (repository: Repository, input: RepositoryInput, nowMs: number): Repository =>
  nextVersion(repository, input, nowMs);
