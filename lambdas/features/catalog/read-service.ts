import { fail } from '../../kernel/errors.ts';
import type { UseCase } from '../../kernel/use-case.ts';
import { isKept } from '../../model/deploy-item.ts';
import type { Needs } from './needs.ts';
import type * as routes from './routes.ts';

/** Deploys name people: they are told only to whom the list of them is. */
export const readService: UseCase<typeof routes.readService, Needs> = async (
  { services, clock },
  { permissions },
  { service: ref },
) => {
  const { service, deploys } = (await services.findDetail(ref)) ?? fail('service-not-found');
  const kept = deploys.filter((deploy) => isKept(deploy, clock.now()));
  const mayRead = permissions.includes('deploys:read');
  return { body: { ...service, ...(mayRead && { deploys: kept }) }, version: service.version };
};
