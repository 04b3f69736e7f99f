import type { UseCase } from '../../kernel/use-case.ts';
import { newTeam } from '../../model/team.ts';
import type { Needs } from './needs.ts';
import type * as routes from './routes.ts';

export const createTeam: UseCase<typeof routes.createTeam, Needs> = async (
  { teams, clock, newId },
  _caller,
  { body },
) => {
  const team = newTeam(newId('team'), body, clock.now());
  return {
    subject: team.id,
    writes: teams.inserted(team),
    body: team,
    version: team.version,
    location: `/v1/teams/${team.id}`,
  };
};
