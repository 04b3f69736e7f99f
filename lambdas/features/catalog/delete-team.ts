import { fail } from '../../kernel/errors.ts';
import type { UseCase } from '../../kernel/use-case.ts';
import type { Needs } from './needs.ts';
import type * as routes from './routes.ts';

/** Refused with `team-in-use` while something names the team as its owner or parent. */
export const deleteTeam: UseCase<typeof routes.deleteTeam, Needs> = async (
  { teams },
  _caller,
  { team: ref, ifMatch },
) => {
  const team = (await teams.find(ref)) ?? fail('team-not-found');
  if (ifMatch !== undefined && team.version !== ifMatch) fail('version-mismatch');
  return { subject: team.id, writes: teams.removed(team), body: undefined };
};
