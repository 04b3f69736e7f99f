import { fail } from '../../kernel/errors.ts';
import type { TeamId } from '../../kernel/id.ts';
import type { Position } from '../../kernel/session.ts';
import type { Teams } from './teams.ts';

/** Child teams that one list goes through. */
const most = 100;

/**
 * A team and all below it, in the order of their ids: as long as the teams stay, so does the order.
 * Reads one list for each team that is found.
 */
export const withChildTeams = async (teams: Teams, owner: TeamId): Promise<readonly TeamId[]> => {
  const all = new Set<TeamId>([owner]);
  for (const team of all) {
    let after: Position | undefined;
    do {
      const page = await teams.list(team, 100, after);
      for (const { id } of page.items) all.add(id);
      after = page.next;
    } while (after);
    if (all.size > most)
      fail('invalid-request', [
        { field: 'query.withChildTeams', expected: `a team with at most ${most - 1} below it` },
      ]);
  }
  return [...all].sort();
};
