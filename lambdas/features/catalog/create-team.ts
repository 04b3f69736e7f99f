import type { UseCase } from '../../kernel/use-case.ts';
import { newTeam } from '../../model/team.ts';
import type { Needs } from './needs.ts';
import { parentChecks } from './parent-checks.ts';
import type * as routes from './routes.ts';

export const createTeam: UseCase<typeof routes.createTeam, Needs> = async (
  { teams, clock, newId },
  _caller,
  { body },
) => {
  const team = newTeam(newId('team'), body, clock.now());
  const checks = await parentChecks(teams, undefined, { before: undefined, after: team.parent });
  return {
    subject: team.id,
    writes: [...teams.inserted(team), ...checks],
    body: team,
    version: team.version,
    location: `/v1/teams/${team.id}`,
  };
};
