import { fail } from '../../kernel/errors.ts';
import type { UseCase } from '../../kernel/use-case.ts';
import { isSameInput } from '../../model/apply-patch.ts';
import { newService, ServiceInput } from '../../model/service.ts';
import type { Needs } from './needs.ts';
import type * as routes from './routes.ts';
import { serviceReplacement } from './service-replacement.ts';
import { created, replaced, unchanged } from './upserted.ts';

/** One element of the bulk change: the service that has the first of its aliases becomes what it says. */
export const upsertServices: UseCase<typeof routes.upsertServices, Needs> = async (
  needs,
  _caller,
  { body: { version, ...input } },
) => {
  const { services, clock, newId } = needs;
  const [alias = ''] = input.aliases;
  const before = await services.find(alias);
  if (version !== undefined && before?.version !== version) fail('version-mismatch');
  if (!before) {
    const service = newService(newId('svc'), input, clock.now());
    return created(service, services.inserted(service), alias);
  }
  if (isSameInput(ServiceInput, before, input)) return unchanged(before);
  return replaced(serviceReplacement(needs, before, input), version);
};
