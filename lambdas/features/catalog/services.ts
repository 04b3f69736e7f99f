import * as z from 'zod';
import {
  type Item,
  type ListRequest,
  type Position,
  putIf,
  putNew,
  removeIf,
  type TenantSession,
  type Write,
} from '../../kernel/session.ts';
import { Service, type ServiceFilter } from '../../model/service.ts';
import { aliasesChanged, findNamed } from './aliases.ts';

/** A tenant's services: reads them, and describes writes that are not yet made. */
export interface Services {
  /** By id or by alias. */
  find(ref: string): Promise<Service | undefined>;
  list(filter: ServiceFilter, limit: number, after?: Position): Promise<ServicePage>;
  inserted(service: Service): readonly Write[];
  replaced(before: Service, after: Service): readonly Write[];
  removed(service: Service): readonly Write[];
}
export interface ServicePage {
  readonly items: readonly Service[];
  readonly next?: Position;
}

const idPrefix = 'svc_';
const schema = 1;
const StoredService = z.object({ ...Service.shape, schema: z.literal(schema) });

/** Drops what storage adds. Throws when the item is not a service of this schema version. */
const fromItem = (item: Item): Service => {
  const { schema: _, ...service } = StoredService.parse(item);
  return service;
};

const toItem = (service: Service): Item => ({
  ...service,
  schema,
  ...(service.owner && { ownerKey: `${service.owner}#${service.id}` }),
  tierKey: `${service.tier}#${service.id}`,
  lifecycleKey: `${service.lifecycle}#${service.id}`,
});

/** The keys to walk: those of the filter that leaves fewest. The other filters are checked on what they yield. */
const keysOf = ({
  owner,
  lifecycle,
  tier,
}: ServiceFilter): Pick<ListRequest, 'index' | 'where'> & { prefix: string } => {
  const where = { ...(lifecycle && { lifecycle }), ...(tier && { tier }) };
  if (owner) return { index: 'by-owner', prefix: `${owner}#`, where };
  if (lifecycle) return { index: 'by-lifecycle', prefix: `${lifecycle}#`, where: tier ? { tier } : {} };
  if (tier) return { index: 'by-tier', prefix: `${tier}#`, where: {} };
  return { prefix: idPrefix };
};

/** Whether a list with this filter can have ended there. */
export const isServicePosition =
  (filter: ServiceFilter) =>
  ({ key, indexKey }: Position): boolean => {
    const { index, prefix } = keysOf(filter);
    return Service.shape.id.safeParse(key).success && indexKey === (index && `${prefix}${key}`);
  };

export const servicesOf = (session: TenantSession): Services => ({
  find: async (ref) => {
    const item = await findNamed(session, 'services', ref, idPrefix);
    return item && fromItem(item);
  },
  list: async (filter, limit, after) => {
    const page = await session.list('services', { ...keysOf(filter), limit, ...(after && { after }) });
    return { ...page, items: page.items.map(fromItem) };
  },
  inserted: (service) => [
    putNew('services', service.id, toItem(service), 'unavailable'),
    ...aliasesChanged('services', service.id, [], service.aliases),
  ],
  replaced: (before, after) => [
    putIf('services', after.id, toItem(after), { version: before.version }, 'version-mismatch'),
    ...aliasesChanged('services', after.id, before.aliases, after.aliases),
  ],
  removed: (service) => [
    removeIf('services', service.id, { version: service.version }, 'version-mismatch'),
    ...aliasesChanged('services', service.id, service.aliases, []),
  ],
});
