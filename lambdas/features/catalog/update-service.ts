import { fail } from '../../kernel/errors.ts';
import type { UseCase } from '../../kernel/use-case.ts';
import { applyPatch } from '../../model/apply-patch.ts';
import { ServiceInput } from '../../model/service.ts';
import { asFound } from './as-found.ts';
import type { Needs } from './needs.ts';
import type * as routes from './routes.ts';
import { serviceReplacement } from './service-replacement.ts';

export const updateService: UseCase<typeof routes.updateService, Needs> = async (
  needs,
  _caller,
  { service: ref, body, ifMatch },
) => {
  const before = (await needs.services.find(ref)) ?? fail('service-not-found');
  if (ifMatch !== undefined && before.version !== ifMatch) fail('version-mismatch');
  const change = serviceReplacement(needs, before, applyPatch(ServiceInput, before, body));
  return { ...change, writes: asFound(change.writes, ifMatch) };
};
