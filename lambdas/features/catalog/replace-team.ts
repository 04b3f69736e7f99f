import { fail } from '../../kernel/errors.ts';
import type { UseCase } from '../../kernel/use-case.ts';
import { changedFields } from '../../model/changed-fields.ts';
import { replacedTeam } from '../../model/team.ts';
import type { Needs } from './needs.ts';
import type * as routes from './routes.ts';

export const replaceTeam: UseCase<typeof routes.replaceTeam, Needs> = async (
  { teams, clock },
  _caller,
  { team: ref, body, ifMatch },
) => {
  const before = (await teams.find(ref)) ?? fail('team-not-found');
  if (before.version !== ifMatch) fail('version-mismatch');
  const after = replacedTeam(before, body, clock.now());
  return {
    subject: after.id,
    writes: teams.replaced(before, after),
    body: after,
    version: after.version,
    details: { changed: changedFields(before, after) },
  };
};
