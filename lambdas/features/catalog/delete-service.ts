import { fail } from '../../kernel/errors.ts';
import type { UseCase } from '../../kernel/use-case.ts';
import type { Needs } from './needs.ts';
import type * as routes from './routes.ts';

export const deleteService: UseCase<typeof routes.deleteService, Needs> = async (
  { services, teams },
  _caller,
  { service: ref, ifMatch },
) => {
  const service = (await services.find(ref)) ?? fail('service-not-found');
  if (ifMatch !== undefined && service.version !== ifMatch) fail('version-mismatch');
  return {
    subject: service.id,
    writes: [...services.removed(service), ...teams.ownerChanged(service.owner, undefined)],
    body: undefined,
  };
};
