import { fail } from '../../kernel/errors.ts';
import type { UseCase } from '../../kernel/use-case.ts';
import type { Needs } from './needs.ts';
import type * as routes from './routes.ts';

/** Refused with `service-in-use` while another service depends on it. */
export const deleteService: UseCase<typeof routes.deleteService, Needs> = async (
  { services, deploys, clock },
  _caller,
  { service: ref, ifMatch },
) => {
  const service = (await services.find(ref)) ?? fail('service-not-found');
  if (ifMatch !== undefined && service.version !== ifMatch) fail('version-mismatch');
  const forgotten = deploys.forgotten(service.id, await deploys.last(service.id), clock.now());
  return { subject: service.id, writes: [...services.removed(service), forgotten], body: undefined };
};
