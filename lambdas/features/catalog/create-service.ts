import type { UseCase } from '../../kernel/use-case.ts';
import { newService } from '../../model/service.ts';
import type { Needs } from './needs.ts';
import type * as routes from './routes.ts';

export const createService: UseCase<typeof routes.createService, Needs> = async (
  { services, clock, newId },
  _caller,
  { body },
) => {
  const service = newService(newId('svc'), body, clock.now());
  return {
    subject: service.id,
    writes: services.inserted(service),
    body: service,
    version: service.version,
    location: `/v1/services/${service.id}`,
  };
};
