import { fail } from '../../kernel/errors.ts';
import type { UseCase } from '../../kernel/use-case.ts';
import type { Needs } from './needs.ts';
import type * as routes from './routes.ts';
import { teamReplacement } from './team-replacement.ts';

export const replaceTeam: UseCase<typeof routes.replaceTeam, Needs> = async (
  needs,
  _caller,
  { team: ref, body, ifMatch },
) => {
  const before = (await needs.teams.find(ref)) ?? fail('team-not-found');
  if (before.version !== ifMatch) fail('version-mismatch');
  return teamReplacement(needs, before, body);
};
