import { fail } from '../../kernel/errors.ts';
import type { UseCase } from '../../kernel/use-case.ts';
import type { Needs } from './needs.ts';
import type * as routes from './routes.ts';

export const readTeam: UseCase<typeof routes.readTeam, Needs> = async ({ teams }, _caller, { team: ref }) => {
  const team = (await teams.find(ref)) ?? fail('team-not-found');
  return { body: team, version: team.version };
};
