import * as z from 'zod';
import { defineRoute } from '../../kernel/define-route.ts';
import { TeamId } from '../../kernel/id.ts';
import { bulkAnswer, bulkOf, seenVersion } from '../../model/bulk.ts';
import { patchOf } from '../../model/merge-patch.ts';
import { Team, TeamInput, TeamRef } from '../../model/team.ts';
import { Alias, Cursor, Limit, pageOf, SetOf } from '../../model/words.ts';

const TeamPath = z.strictObject({ team: TeamRef });
const touches = { teams: ['change', 'refer', 'check'] } as const;

export const createTeam = defineRoute({
  method: 'POST',
  path: '/v1/teams',
  summary: 'Create a team',
  permission: 'teams:write',
  input: { body: TeamInput },
  answers: { status: 201, body: Team },
  etag: true,
  errors: ['alias-taken', 'parent-not-found'],
  audit: 'team.created',
  touches,
});

export const listTeams = defineRoute({
  method: 'GET',
  path: '/v1/teams',
  summary: 'List teams by name, or the child teams of one',
  permission: 'teams:read',
  input: { query: z.strictObject({ parent: TeamId.optional(), limit: Limit, cursor: Cursor }) },
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
  errors: ['team-not-found', 'alias-taken', 'parent-not-found', 'team-cycle'],
  audit: 'team.replaced',
  touches,
});

export const updateTeam = defineRoute({
  method: 'PATCH',
  path: '/v1/teams/{team}',
  summary: 'Change some fields of a team, by JSON Merge Patch',
  permission: 'teams:write',
  input: { path: TeamPath, body: patchOf(TeamInput).meta({ id: 'TeamPatch' }) },
  ifMatch: 'optional',
  answers: { status: 200, body: Team },
  etag: true,
  errors: ['team-not-found', 'alias-taken', 'invalid-result', 'parent-not-found', 'team-cycle'],
  audit: 'team.updated',
  touches,
});

export const deleteTeam = defineRoute({
  method: 'DELETE',
  path: '/v1/teams/{team}',
  summary: 'Delete a team that owns nothing and has no child teams',
  permission: 'teams:write',
  input: { path: TeamPath },
  ifMatch: 'optional',
  answers: { status: 204 },
  errors: ['team-not-found', 'team-in-use'],
  audit: 'team.deleted',
  touches,
});

const aliases = SetOf(Alias, 10).unwrap().min(1).describe('The first says which team it is');
const TeamElement = z.strictObject({ ...TeamInput.shape, aliases, ...seenVersion }).meta({ id: 'TeamElement' });

export const upsertTeams = defineRoute({
  method: 'POST',
  path: '/v1/bulk/teams',
  summary: 'Create or replace up to 100 teams, each on its own',
  permission: 'teams:write',
  input: { body: bulkOf(TeamElement).meta({ id: 'TeamElements' }) },
  each: TeamElement,
  answers: { status: 200, body: bulkAnswer(TeamId).meta({ id: 'TeamOutcomes' }) },
  errors: [],
  audit: 'team.upserted',
  touches,
});
