import { fail } from '../../kernel/errors.ts';
import type { UseCase } from '../../kernel/use-case.ts';
import { isSameInput } from '../../model/apply-patch.ts';
import { newTeam, TeamInput } from '../../model/team.ts';
import type { Needs } from './needs.ts';
import { parentChecks } from './parent-checks.ts';
import type * as routes from './routes.ts';
import { teamReplacement } from './team-replacement.ts';
import { created, replaced, unchanged } from './upserted.ts';

/** One element of the bulk change: the team that has the first of its aliases becomes what it says. */
export const upsertTeams: UseCase<typeof routes.upsertTeams, Needs> = async (
  needs,
  _caller,
  { body: { version, ...input } },
) => {
  const { teams, clock, newId } = needs;
  const [alias = ''] = input.aliases;
  const before = await teams.find(alias);
  if (version !== undefined && before?.version !== version) fail('version-mismatch');
  if (!before) {
    const team = newTeam(newId('team'), input, clock.now());
    const checks = await parentChecks(teams, undefined, { before: undefined, after: team.parent });
    return created(team, [...teams.inserted(team), ...checks], alias);
  }
  if (isSameInput(TeamInput, before, input)) return unchanged(before);
  return replaced(await teamReplacement(needs, before, input), version);
};
