import * as z from 'zod';
import { defineRoute } from '../../kernel/define-route.ts';
import { TeamId } from '../../kernel/id.ts';
import { Lifecycle, Service, ServiceInput, ServiceRef, Tier } from '../../model/service.ts';
import { Team, TeamInput, TeamRef } from '../../model/team.ts';
import { Cursor, Decimal, Limit, pageOf } from '../../model/words.ts';

const ServicePath = z.strictObject({ service: ServiceRef });
const TeamPath = z.strictObject({ team: TeamRef });

export const createService = defineRoute({
  method: 'POST',
  path: '/v1/services',
  summary: 'Create a service',
  permission: 'services:write',
  input: { body: ServiceInput },
  answers: { status: 201, body: Service },
  etag: true,
  errors: ['alias-taken', 'owner-not-found'],
  audit: 'service.created',
  touches: { services: 'change', teams: ['read', 'refer'] },
});

export const listServices = defineRoute({
  method: 'GET',
  path: '/v1/services',
  summary: 'List services, by owner, tier or lifecycle',
  permission: 'services:read',
  input: {
    query: z.strictObject({
      owner: TeamId.optional(),
      tier: Decimal(Tier).optional(),
      lifecycle: Lifecycle.optional(),
      limit: Limit,
      cursor: Cursor,
    }),
  },
  answers: { status: 200, body: pageOf(Service).meta({ id: 'ServicePage' }) },
  errors: ['invalid-cursor'],
  touches: { services: 'read' },
});

export const readService = defineRoute({
  method: 'GET',
  path: '/v1/services/{service}',
  summary: 'Read a service by id or alias',
  permission: 'services:read',
  input: { path: ServicePath },
  answers: { status: 200, body: Service },
  etag: true,
  errors: ['service-not-found'],
  touches: { services: 'read' },
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
  errors: ['service-not-found', 'alias-taken', 'owner-not-found'],
  audit: 'service.replaced',
  touches: { services: 'change', teams: ['read', 'refer'] },
});

export const deleteService = defineRoute({
  method: 'DELETE',
  path: '/v1/services/{service}',
  summary: 'Delete a service',
  permission: 'services:write',
  input: { path: ServicePath },
  ifMatch: 'optional',
  answers: { status: 204 },
  errors: ['service-not-found'],
  audit: 'service.deleted',
  touches: { services: 'change', teams: ['read', 'refer'] },
});

export const createTeam = defineRoute({
  method: 'POST',
  path: '/v1/teams',
  summary: 'Create a team',
  permission: 'teams:write',
  input: { body: TeamInput },
  answers: { status: 201, body: Team },
  etag: true,
  errors: ['alias-taken'],
  audit: 'team.created',
  touches: { teams: 'change' },
});

export const listTeams = defineRoute({
  method: 'GET',
  path: '/v1/teams',
  summary: 'List teams',
  permission: 'teams:read',
  input: { query: z.strictObject({ limit: Limit, cursor: Cursor }) },
  answers: { status: 200, body: pageOf(Team).meta({ id: 'TeamPage' }) },
  errors: ['invalid-cursor'],
  touches: { teams: 'read' },
});

export const readTeam = defineRoute({
  method: 'GET',
  path: '/v1/teams/{team}',
  summary: 'Read a team by id or alias',
  permission: 'teams:read',
  input: { path: TeamPath },
  answers: { status: 200, body: Team },
  etag: true,
  errors: ['team-not-found'],
  touches: { teams: 'read' },
});

export const replaceTeam = defineRoute({
  method: 'PUT',
  path: '/v1/teams/{team}',
  summary: 'Replace a team that has not changed since it was read',
  permission: 'teams:write',
  input: { path: TeamPath, body: TeamInput },
  ifMatch: 'required',
  answers: { status: 200, body: Team },
  etag: true,
  errors: ['team-not-found', 'alias-taken'],
  audit: 'team.replaced',
  touches: { teams: 'change' },
});

export const deleteTeam = defineRoute({
  method: 'DELETE',
  path: '/v1/teams/{team}',
  summary: 'Delete a team that owns no services',
  permission: 'teams:write',
  input: { path: TeamPath },
  ifMatch: 'optional',
  answers: { status: 204 },
  errors: ['team-not-found', 'team-in-use'],
  audit: 'team.deleted',
  touches: { teams: 'change' },
});
