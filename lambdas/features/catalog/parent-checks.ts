import { fail } from '../../kernel/errors.ts';
import type { TeamId } from '../../kernel/id.ts';
import type { Write } from '../../kernel/session.ts';
import type { Teams } from './teams.ts';

/** As deep as teams go: each of those above is read when a parent is set. */
const aboveMost = 20;

/**
 * That a team does not come below itself: neither now, nor by a change of any team above it at the same moment, since
 * each of them must stay as it was read. Nothing to check where the parent stays.
 * @throws Failure `team-cycle`, `parent-not-found`
 */
export const parentChecks = async (
  teams: Teams,
  id: TeamId | undefined,
  parents: { readonly before: TeamId | undefined; readonly after: TeamId | undefined },
): Promise<readonly Write[]> => {
  const checks: Write[] = [];
  if (parents.before === parents.after) return checks;
  for (let at = parents.after; at; ) {
    if (at === id) fail('team-cycle');
    const team = (await teams.find(at)) ?? fail('parent-not-found');
    if (checks.length === aboveMost)
      fail('invalid-request', [{ field: 'body.parent', expected: `a team with at most ${aboveMost - 1} above it` }]);
    checks.push(teams.unchanged(team));
    at = team.parent;
  }
  return checks;
};
