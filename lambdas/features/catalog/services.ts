import type { ErrorCode } from '../../kernel/errors.ts';
import type { Item, Position, TenantSession, Write } from '../../kernel/session.ts';
import { putIf, putNew, removeIf } from '../../kernel/session.ts';
import type { Deploy } from '../../model/deploy.ts';
import { lastDeploysKey, parseLastDeploys } from '../../model/deploy-item.ts';
import { aliasesChanged, noReferences, pointersChanged, referencesKey } from '../../model/named-item.ts';
import type { Service } from '../../model/service.ts';
import { asRead, isOldService, parseServiceItem, pointersOf, serviceItem } from '../../model/service-item.ts';
import { idNamed, isNamed } from './find-named.ts';
import { referencesChanged } from './references.ts';
import type { ServiceFilter, Sort } from './service-filter.ts';
import { plan } from './service-plan.ts';
import { walkServices } from './walk-services.ts';

/** A tenant's services: reads them, and describes writes that are not yet made. */
export interface Services {
  /** By id or by alias. */
  find(ref: string): Promise<Service | undefined>;
  /** With its last deploys, newest first. */
  findDetail(ref: string): Promise<{ readonly service: Service; readonly deploys: readonly Deploy[] } | undefined>;
  list(filter: ServiceFilter, sort: Sort | undefined, limit: number, after?: Position): Promise<ServicePage>;
  inserted(service: Service): readonly Write[];
  replaced(before: Service, after: Service): readonly Write[];
  removed(service: Service): readonly Write[];
}
export interface ServicePage {
  readonly items: readonly Service[];
  readonly next?: Position;
}

const idPrefix = 'svc_';

const pointers = (id: string, before: readonly string[], after: readonly string[]): readonly Write[] =>
  pointersChanged({ collection: 'services', target: id, taken: 'unavailable' }, before, after);

/** All that a service refers to, from what it was to what it is; undefined is not there. */
const relationsChanged = (before: Service | undefined, after: Service | undefined): readonly Write[] => [
  ...referencesChanged('teams', [before?.owner], [after?.owner], 'owner-not-found'),
  ...referencesChanged('services', before?.dependencies ?? [], after?.dependencies ?? [], 'dependency-not-found'),
  ...referencesChanged('repositories', before?.repositories ?? [], after?.repositories ?? [], 'repository-unknown'),
];

export const servicesOf = (session: TenantSession): Services => {
  /** Read from items of schema 1: these have no pointers and no count of references until they are written anew. */
  const old = new Set<string>();
  const fromItem = (item: Item): Service => {
    const service = parseServiceItem(item);
    if (isOldService(item)) old.add(service.id);
    return service;
  };
  const seen = (service: Service) => asRead(service, old.has(service.id));
  /** An old one may have been brought to the newest schema meanwhile: then all is done again, and not refused. */
  const lost = (service: Service): ErrorCode => (old.has(service.id) ? 'unavailable' : 'version-mismatch');
  return {
    find: async (ref) => {
      const id = await idNamed(session, 'services', ref, idPrefix);
      const item = id && (await session.get('services', id));
      return item && isNamed(item, ref, idPrefix) ? fromItem(item) : undefined;
    },
    findDetail: async (ref) => {
      const id = await idNamed(session, 'services', ref, idPrefix);
      if (!id) return undefined;
      const [item, last] = await session.getAll([
        { collection: 'services', key: id },
        { collection: 'deploys', key: lastDeploysKey(id) },
      ]);
      if (!item || !isNamed(item, ref, idPrefix)) return undefined;
      return { service: fromItem(item), deploys: parseLastDeploys(last).deploys };
    },
    list: (filter, sort, limit, after) =>
      walkServices({ session, sources: plan(filter, sort), filter, limit, fromItem }, after),
    inserted: (service) => [
      putNew('services', service.id, serviceItem(service), 'unavailable'),
      putNew('services', referencesKey(service.id), noReferences, 'unavailable'),
      ...aliasesChanged('services', service.id, [], service.aliases),
      ...pointers(service.id, [], pointersOf(service)),
      ...relationsChanged(undefined, service),
    ],
    replaced: (before, after) => [
      putIf('services', after.id, serviceItem(after), seen(before), lost(before)),
      ...(old.has(before.id) ? [putNew('services', referencesKey(after.id), noReferences, 'unavailable')] : []),
      ...aliasesChanged('services', after.id, before.aliases, after.aliases),
      ...pointers(after.id, old.has(before.id) ? [] : pointersOf(before), pointersOf(after)),
      ...relationsChanged(before, after),
    ],
    removed: (service) => [
      removeIf('services', service.id, seen(service), lost(service)),
      ...(old.has(service.id) ? [] : [removeIf('services', referencesKey(service.id), noReferences, 'service-in-use')]),
      ...aliasesChanged('services', service.id, service.aliases, []),
      ...pointers(service.id, old.has(service.id) ? [] : pointersOf(service), []),
      ...relationsChanged(service, undefined),
    ],
  };
};
