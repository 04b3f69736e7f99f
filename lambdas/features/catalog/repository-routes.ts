import * as z from 'zod';
import { defineRoute } from '../../kernel/define-route.ts';
import { RepositoryId, TeamId } from '../../kernel/id.ts';
import { bulkAnswer, bulkOf, seenVersion } from '../../model/bulk.ts';
import { patchOf } from '../../model/merge-patch.ts';
import { Repository, RepositoryInput } from '../../model/repository.ts';
import { Cursor, Limit, pageOf } from '../../model/words.ts';

const RepositoryPath = z.strictObject({ repository: RepositoryId });
const touches = { repositories: 'change', teams: ['read', 'refer'] } as const;

export const createRepository = defineRoute({
  method: 'POST',
  path: '/v1/repositories',
  summary: 'Create a repository',
  permission: 'repositories:write',
  input: { body: RepositoryInput },
  answers: { status: 201, body: Repository },
  etag: true,
  errors: ['repository-exists', 'owner-not-found'],
  audit: 'repository.created',
  touches,
});

export const listRepositories = defineRoute({
  method: 'GET',
  path: '/v1/repositories',
  summary: 'List repositories by name, or those of one owner',
  permission: 'repositories:read',
  input: { query: z.strictObject({ owner: TeamId.optional(), limit: Limit, cursor: Cursor }) },
  answers: { status: 200, body: pageOf(Repository).meta({ id: 'RepositoryPage' }) },
  errors: ['invalid-cursor'],
  touches: { repositories: 'read' },
});

export const readRepository = defineRoute({
  method: 'GET',
  path: '/v1/repositories/{repository}',
  summary: 'Read a repository',
  permission: 'repositories:read',
  input: { path: RepositoryPath },
  answers: { status: 200, body: Repository },
  etag: true,
  errors: ['repository-not-found'],
  touches: { repositories: 'read' },
});

export const replaceRepository = defineRoute({
  method: 'PUT',
  path: '/v1/repositories/{repository}',
  summary: 'Replace a repository that has not changed since it was read',
  permission: 'repositories:write',
  input: { path: RepositoryPath, body: RepositoryInput },
  ifMatch: 'required',
  answers: { status: 200, body: Repository },
  etag: true,
  errors: ['repository-not-found', 'repository-exists', 'owner-not-found'],
  audit: 'repository.replaced',
  touches,
});

export const updateRepository = defineRoute({
  method: 'PATCH',
  path: '/v1/repositories/{repository}',
  summary: 'Change some fields of a repository, by JSON Merge Patch',
  permission: 'repositories:write',
  input: { path: RepositoryPath, body: patchOf(RepositoryInput).meta({ id: 'RepositoryPatch' }) },
  ifMatch: 'optional',
  answers: { status: 200, body: Repository },
  etag: true,
  errors: ['repository-not-found', 'repository-exists', 'invalid-result', 'owner-not-found'],
  audit: 'repository.updated',
  touches,
});

export const deleteRepository = defineRoute({
  method: 'DELETE',
  path: '/v1/repositories/{repository}',
  summary: 'Delete a repository that no service uses',
  permission: 'repositories:write',
  input: { path: RepositoryPath },
  ifMatch: 'optional',
  answers: { status: 204 },
  errors: ['repository-not-found', 'repository-in-use'],
  audit: 'repository.deleted',
  touches,
});

const RepositoryElement = z
  .strictObject({ ...RepositoryInput.shape, ...seenVersion })
  .meta({ id: 'RepositoryElement' });

export const upsertRepositories = defineRoute({
  method: 'POST',
  path: '/v1/bulk/repositories',
  summary: 'Create or replace up to 100 repositories by their URLs, each on its own',
  permission: 'repositories:write',
  input: { body: bulkOf(RepositoryElement).meta({ id: 'RepositoryElements' }) },
  each: RepositoryElement,
  answers: { status: 200, body: bulkAnswer(RepositoryId).meta({ id: 'RepositoryOutcomes' }) },
  errors: [],
  audit: 'repository.upserted',
  touches,
});
