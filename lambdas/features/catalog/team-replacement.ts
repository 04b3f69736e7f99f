import type { Change } from '../../kernel/use-case.ts';
import { changedFields } from '../../model/changed-fields.ts';
import { replacedTeam, type Team, type TeamInput } from '../../model/team.ts';
import type { Needs } from './needs.ts';
import { parentChecks } from './parent-checks.ts';

/** What happens when a team becomes what `input` says. @throws Failure `team-cycle`, `parent-not-found` */
export const teamReplacement = async (
  { teams, clock }: Pick<Needs, 'teams' | 'clock'>,
  before: Team,
  input: TeamInput,
): Promise<Change<Team>> => {
  const after = replacedTeam(before, input, clock.now());
  const checks = await parentChecks(teams, before.id, { before: before.parent, after: after.parent });
  return {
    subject: after.id,
    writes: [...teams.replaced(before, after), ...checks],
    body: after,
    version: after.version,
    details: { changed: changedFields(before, after) },
  };
};
