import { fail } from '../../kernel/errors.ts';
import type { Change } from '../../kernel/use-case.ts';
import { changedFields } from '../../model/changed-fields.ts';
import { replacedService, type Service, type ServiceInput } from '../../model/service.ts';
import type { Needs } from './needs.ts';

/** What happens when a service becomes what `input` says. @throws Failure `dependency-on-itself` */
export const serviceReplacement = (
  { services, clock }: Pick<Needs, 'services' | 'clock'>,
  before: Service,
  input: ServiceInput,
): Change<Service> => {
  if (input.dependencies.includes(before.id)) fail('dependency-on-itself');
  const after = replacedService(before, input, clock.now());
  return {
    subject: after.id,
    writes: services.replaced(before, after),
    body: after,
    version: after.version,
    details: { changed: changedFields(before, after) },
  };
};
