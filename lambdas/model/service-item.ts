import * as z from 'zod';
import { type Item, putIf, putNew, type Seen, type Write } from '../kernel/session.ts';
import { fold, sortKey } from './fold.ts';
import { noReferences, pointerItem, referencesKey } from './named-item.ts';
import { Service } from './service.ts';

/** 2: kind, type, system, domain, dependencies, repositories, on-call, annotations, and the keys that sort by name. */
const schema = 2;
const StoredService = z.object({ ...Service.shape, schema: z.literal(schema) });

const oldSchema = 1;
const most = { links: 20, tags: 20, annotation: 1000 };

/**
 * A service of schema 1 named the URL of its repository, where now things of their own stand: it goes on as a link. It
 * could have 30 tags. What finds no room in the newest form becomes an annotation: nothing is lost.
 */
const upgraded = ({ repository, links, ...item }: Item): Item => {
  const keptLinks: readonly unknown[] = Array.isArray(links) ? links : [];
  const tags: readonly unknown[] = Array.isArray(item.tags) ? item.tags : [];
  const hasRoom = keptLinks.length < most.links;
  const isNoted = typeof repository === 'string' && !hasRoom && repository.length <= most.annotation;
  return {
    kind: 'component',
    type: 'service',
    dependencies: [],
    repositories: [],
    ...item,
    annotations: {
      ...(isNoted && { repository }),
      ...(tags.length > most.tags && { 'more-tags': tags.slice(most.tags).join(' ') }),
    },
    links:
      typeof repository === 'string' && hasRoom ? [...keptLinks, { title: 'Repository', url: repository }] : keptLinks,
    tags: tags.slice(0, most.tags),
    schema,
  };
};

/** Whether an item is of an older schema than is written today. */
export const isOldService = (item: Item): boolean => item.schema === oldSchema;

/** Drops what storage adds. Throws when the item is not a service of a schema we know. */
export const parseServiceItem = (item: Item): Service => {
  const { schema: _, ...service } = StoredService.parse(isOldService(item) ? upgraded(item) : item);
  return service;
};

/** How a value begins the keys of an index: all that share it lie together, by name. */
export const facet = (value: string | number): string => `${fold(String(value))}#`;

export const serviceItem = (service: Service): Item => {
  const byName = sortKey(service.name, service.id);
  const { owner, language, system } = service;
  return {
    ...service,
    schema,
    nameKey: byName,
    updatedKey: sortKey(service.updatedAt, service.id),
    tierKey: facet(service.tier) + byName,
    lifecycleKey: facet(service.lifecycle) + byName,
    typeKey: facet(service.type) + byName,
    ...(owner && { ownerKey: `${owner}#${byName}` }),
    ...(language && { languageKey: facet(language) + byName }),
    ...(system && { systemKey: facet(system) + byName }),
  };
};

/**
 * What points at a service from each of its tags, dependencies and repositories: of these it has several, and an index
 * sees one value of an attribute. `<word>#<value>#<service id>`
 */
export const pointerPrefix = (word: 'tag' | 'dependency' | 'repository', value: string): string =>
  `${word}#${value.replaceAll('#', '\uFF03')}#`;

export const pointersOf = ({ id, tags, dependencies, repositories }: Service): readonly string[] => [
  ...tags.map((tag) => pointerPrefix('tag', tag) + id),
  ...dependencies.map((dependency) => pointerPrefix('dependency', dependency) + id),
  ...repositories.map((repository) => pointerPrefix('repository', repository) + id),
];

/** That a service is as it was read: an old one could meanwhile have become a new one of the same version. */
export const asRead = ({ version }: Service, isOld: boolean): Seen =>
  isOld ? { version, schema: oldSchema } : { version };

/**
 * An old item in the newest form, with what stands beside a service of today. What it says does not change, so its
 * version stays. Refused with `unavailable` when somebody else wrote it since it was read.
 */
export const serviceUpgrade = (item: Item): readonly Write[] => {
  const service = parseServiceItem(item);
  return [
    putIf('services', service.id, serviceItem(service), asRead(service, true), 'unavailable'),
    putNew('services', referencesKey(service.id), noReferences, 'unavailable'),
    ...pointersOf(service).map((key) => putNew('services', key, pointerItem(service.id), 'unavailable')),
  ];
};
