import * as z from 'zod';
import { defineRoute } from '../../kernel/define-route.ts';
import { RepositoryId, ServiceId, TeamId } from '../../kernel/id.ts';
import { bulkAnswer, bulkOf, seenVersion } from '../../model/bulk.ts';
import { patchOf } from '../../model/merge-patch.ts';
import { Lifecycle, Service, ServiceDetail, ServiceInput, ServiceRef, Tier } from '../../model/service.ts';
import { Alias, Cursor, Decimal, Limit, Line, pageOf, SetOf, Tag, Word } from '../../model/words.ts';
import { sorts } from './service-filter.ts';

const ServicePath = z.strictObject({ service: ServiceRef });

/** Whatever a change of a service refers to. */
const references = {
  services: ['change', 'refer'],
  teams: ['read', 'refer'],
  repositories: ['read', 'refer'],
} as const;
const referenceErrors = ['owner-not-found', 'dependency-not-found', 'repository-unknown'] as const;

export const createService = defineRoute({
  method: 'POST',
  path: '/v1/services',
  summary: 'Create a service',
  permission: 'services:write',
  input: { body: ServiceInput },
  answers: { status: 201, body: Service },
  etag: true,
  errors: ['alias-taken', ...referenceErrors],
  audit: 'service.created',
  touches: references,
});

export const listServices = defineRoute({
  method: 'GET',
  path: '/v1/services',
  summary: 'List services, by what they are, whose they are and what they need',
  permission: 'services:read',
  input: {
    query: z.strictObject({
      owner: TeamId.optional(),
      withChildTeams: z.enum(['true', 'false']).optional().describe('With owner: also what its child teams own'),
      tier: Decimal(Tier).optional(),
      lifecycle: Lifecycle.optional(),
      tag: Tag.optional(),
      language: Line(40).optional(),
      type: Word.optional(),
      system: Word.optional(),
      dependsOn: ServiceId.optional().describe('Those that need this service'),
      repository: RepositoryId.optional().describe('Those whose code is in this repository'),
      q: Line(60).optional().describe('How the name or an alias begins'),
      sort: z.enum(sorts).optional().describe('Without it, the order that reads least; mostly by name'),
      limit: Limit,
      cursor: Cursor,
    }),
  },
  answers: { status: 200, body: pageOf(Service).meta({ id: 'ServicePage' }) },
  errors: ['invalid-cursor'],
  touches: { services: 'read', teams: 'read' },
});

export const readService = defineRoute({
  method: 'GET',
  path: '/v1/services/{service}',
  summary: 'Read a service by id or alias, with its last deploys',
  permission: 'services:read',
  input: { path: ServicePath },
  answers: { status: 200, body: ServiceDetail },
  etag: true,
  errors: ['service-not-found'],
  touches: { services: 'read', deploys: 'read' },
});

export const replaceService = defineRoute({
  method: 'PUT',
  path: '/v1/services/{service}',
  summary: 'Replace a service that has not changed since it was read',
  permission: 'services:write',
  input: { path: ServicePath, body: ServiceInput },
  ifMatch: 'required',
  answers: { status: 200, body: Service },
  etag: true,
  errors: ['service-not-found', 'alias-taken', 'dependency-on-itself', 'change-too-large', ...referenceErrors],
  audit: 'service.replaced',
  touches: references,
});

export const updateService = defineRoute({
  method: 'PATCH',
  path: '/v1/services/{service}',
  summary: 'Change some fields of a service, by JSON Merge Patch',
  permission: 'services:write',
  input: { path: ServicePath, body: patchOf(ServiceInput).meta({ id: 'ServicePatch' }) },
  ifMatch: 'optional',
  answers: { status: 200, body: Service },
  etag: true,
  errors: [
    'service-not-found',
    'alias-taken',
    'invalid-result',
    'dependency-on-itself',
    'change-too-large',
    ...referenceErrors,
  ],
  audit: 'service.updated',
  touches: references,
});

export const deleteService = defineRoute({
  method: 'DELETE',
  path: '/v1/services/{service}',
  summary: 'Delete a service that no other depends on',
  permission: 'services:write',
  input: { path: ServicePath },
  ifMatch: 'optional',
  answers: { status: 204 },
  errors: ['service-not-found', 'service-in-use'],
  audit: 'service.deleted',
  touches: { ...references, deploys: 'change' },
});

const aliases = SetOf(Alias, 10).unwrap().min(1).describe('The first says which service it is');
const ServiceElement = z
  .strictObject({ ...ServiceInput.shape, aliases, ...seenVersion })
  .meta({ id: 'ServiceElement' });

export const upsertServices = defineRoute({
  method: 'POST',
  path: '/v1/bulk/services',
  summary: 'Create or replace up to 100 services, each on its own',
  permission: 'services:write',
  input: { body: bulkOf(ServiceElement).meta({ id: 'ServiceElements' }) },
  each: ServiceElement,
  answers: { status: 200, body: bulkAnswer(ServiceId).meta({ id: 'ServiceOutcomes' }) },
  errors: [],
  audit: 'service.upserted',
  touches: references,
});
