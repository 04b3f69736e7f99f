import * as z from 'zod';
import type { Item } from '../kernel/session.ts';
import { fold, sortKey } from './fold.ts';
import { Service } from './service.ts';

/** 2: kind, type, system, domain, dependencies, repositories, on-call, annotations, and the keys that sort by name. */
const schema = 2;
const StoredService = z.object({ ...Service.shape, schema: z.literal(schema) });

/** A service of schema 1 named the URL of its repository, where now things of their own stand: it goes on as a link. */
const upgraded = ({ repository, links, ...item }: Item): Item => {
  const kept = Array.isArray(links) ? links : [];
  const isLinked = typeof repository !== 'string' || kept.length >= 20;
  return {
    kind: 'component',
    type: 'service',
    dependencies: [],
    repositories: [],
    annotations: {},
    ...item,
    links: isLinked ? kept : [...kept, { title: 'Repository', url: repository }],
    // Twenty are what it may have now; what goes beyond is left out of the newest form.
    tags: Array.isArray(item.tags) ? item.tags.slice(0, 20) : [],
    schema,
  };
};

/** Whether an item is of an older schema than is written today. */
export const isOldService = (item: Item): boolean => item.schema === 1;

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
