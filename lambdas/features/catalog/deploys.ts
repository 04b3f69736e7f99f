import type { ServiceId } from '../../kernel/id.ts';
import { check, type Position, putIf, putNew, removeIf, type TenantSession, type Write } from '../../kernel/session.ts';
import type { Deploy } from '../../model/deploy.ts';
import {
  deployItem,
  deployKey,
  deploysPrefix,
  type LastDeploys,
  lastDeploysItem,
  lastDeploysKey,
  noLastDeploys,
  parseDeployItem,
  parseLastDeploys,
} from '../../model/deploy-item.ts';

/** A tenant's deploys of services: reads them, and describes writes that are not yet made. */
export interface Deploys {
  /** Newest first. */
  list(service: ServiceId, limit: number, nowMs: number, after?: Position): Promise<DeployPage>;
  last(service: ServiceId): Promise<LastDeploys>;
  /** Refused with `service-not-found` when the service is gone. */
  added(deploy: Deploy, last: LastDeploys): readonly Write[];
  /**
   * The service goes: what stands beside it goes too, also where a deploy is told at the same moment. The deploys
   * themselves stay until they expire.
   */
  forgotten(service: ServiceId, last: LastDeploys, nowMs: number): Write;
}
export interface DeployPage {
  readonly items: readonly Deploy[];
  readonly next?: Position;
}

/** Whether the list of a service's deploys can have ended there. */
export const isDeployPosition =
  (service: ServiceId) =>
  ({ key, indexKey }: Position): boolean =>
    key.startsWith(deploysPrefix(service)) && indexKey === undefined;

export const deploysOf = (session: TenantSession): Deploys => ({
  list: async (service, limit, nowMs, after) => {
    const { items, next } = await session.list('deploys', {
      prefix: deploysPrefix(service),
      newestFirst: true,
      limit,
      ...(after && { after }),
    });
    return { items: items.flatMap((item) => parseDeployItem(item, nowMs) ?? []), ...(next && { next }) };
  },
  last: async (service) => parseLastDeploys(await session.get('deploys', lastDeploysKey(service))),
  added: (deploy, last) => {
    const key = lastDeploysKey(deploy.service);
    const item = lastDeploysItem(last, deploy);
    return [
      check('services', deploy.service, { id: deploy.service }, 'service-not-found'),
      putNew('deploys', deployKey(deploy), deployItem(deploy), 'unavailable'),
      // Another deploy of the service at the same moment: both are to be told, so it is done again.
      last.version === 0
        ? putNew('deploys', key, item, 'unavailable')
        : putIf('deploys', key, item, { version: last.version }, 'unavailable'),
    ];
  },
  forgotten: (service, { version }, nowMs) => {
    const key = lastDeploysKey(service);
    return version === 0
      ? putNew('deploys', key, noLastDeploys(nowMs), 'unavailable')
      : removeIf('deploys', key, { version }, 'unavailable');
  },
});
