import { fail } from '../../kernel/errors.ts';
import { toIso, type UseCase } from '../../kernel/use-case.ts';
import { isKept, keptDays } from '../../model/deploy-item.ts';
import type { Needs } from './needs.ts';
import type * as routes from './routes.ts';

/** A pipeline's clock may be ahead of ours by this much. */
const aheadMsMost = 300_000;

export const createDeploy: UseCase<typeof routes.createDeploy, Needs> = async (
  { services, deploys, clock, newId },
  _caller,
  { service: ref, body },
) => {
  const now = clock.now();
  const at = body.at === undefined ? now : Date.parse(body.at);
  if (at > now + aheadMsMost) fail('invalid-request', [{ field: 'body.at', expected: 'a time not after now' }]);
  // Removal by TTL passes over what expired years ago: it would stay for ever, and no list would show it.
  if (!isKept({ at: toIso(at) }, now))
    fail('invalid-request', [{ field: 'body.at', expected: `a time of the last ${keptDays} days` }]);
  const service = (await services.find(ref)) ?? fail('service-not-found');
  const deploy = { ...body, at: toIso(at), id: newId('dpl'), service: service.id };
  return {
    subject: service.id,
    writes: deploys.added(deploy, await deploys.last(service.id)),
    body: deploy,
    details: { deploy: deploy.id, environment: deploy.environment, version: deploy.version, status: deploy.status },
  };
};
