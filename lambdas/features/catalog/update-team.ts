import { fail } from '../../kernel/errors.ts';
import type { UseCase } from '../../kernel/use-case.ts';
import { applyPatch } from '../../model/apply-patch.ts';
import { TeamInput } from '../../model/team.ts';
import { asFound } from './as-found.ts';
import type { Needs } from './needs.ts';
import type * as routes from './routes.ts';
import { teamReplacement } from './team-replacement.ts';

export const updateTeam: UseCase<typeof routes.updateTeam, Needs> = async (
  needs,
  _caller,
  { team: ref, body, ifMatch },
) => {
  const before = (await needs.teams.find(ref)) ?? fail('team-not-found');
  if (ifMatch !== undefined && before.version !== ifMatch) fail('version-mismatch');
  const change = await teamReplacement(needs, before, applyPatch(TeamInput, before, body));
  return { ...change, writes: asFound(change.writes, ifMatch) };
};
