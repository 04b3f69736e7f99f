import { fail } from '../../kernel/errors.ts';
import type { UseCase } from '../../kernel/use-case.ts';
import { changedFields } from '../../model/changed-fields.ts';
import { replacedService } from '../../model/service.ts';
import type { Needs } from './needs.ts';
import type * as routes from './routes.ts';

export const replaceService: UseCase<typeof routes.replaceService, Needs> = async (
  { services, teams, clock },
  _caller,
  { service: ref, body, ifMatch },
) => {
  const before = (await services.find(ref)) ?? fail('service-not-found');
  if (before.version !== ifMatch) fail('version-mismatch');
  const after = replacedService(before, body, clock.now());
  return {
    subject: after.id,
    writes: [...services.replaced(before, after), ...teams.ownerChanged(before.owner, after.owner)],
    body: after,
    version: after.version,
    details: { changed: changedFields(before, after) },
  };
};
