import { fail } from '../../kernel/errors.ts';
import type { UseCase } from '../../kernel/use-case.ts';
import type { Needs } from './needs.ts';
import type * as routes from './routes.ts';

export const readService: UseCase<typeof routes.readService, Needs> = async (
  { services },
  _caller,
  { service: ref },
) => {
  const { service, deploys } = (await services.findDetail(ref)) ?? fail('service-not-found');
  return { body: { ...service, deploys: [...deploys] }, version: service.version };
};
