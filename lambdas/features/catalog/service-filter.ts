import type { TeamId } from '../../kernel/id.ts';
import { fold } from '../../model/fold.ts';
import type { Service } from '../../model/service.ts';

export const sorts = ['name', '-name', 'updatedAt', '-updatedAt'] as const;
export type Sort = (typeof sorts)[number];

/** What a list of services is narrowed by, in any combination. */
export interface ServiceFilter {
  readonly owner?: TeamId | undefined;
  /** Where child teams are asked for: a team and all below it, in the order of their ids. */
  readonly owners?: readonly TeamId[] | undefined;
  readonly tier?: number | undefined;
  readonly lifecycle?: string | undefined;
  readonly tag?: string | undefined;
  readonly language?: string | undefined;
  readonly type?: string | undefined;
  readonly system?: string | undefined;
  readonly dependsOn?: string | undefined;
  readonly repository?: string | undefined;
  /** How the name or an alias begins, without case. */
  readonly q?: string | undefined;
}

const isSame = (wanted: string | number | undefined, is: string | number | undefined): boolean =>
  wanted === undefined || wanted === is;

const isSameText = (wanted: string | undefined, is: string | undefined): boolean =>
  wanted === undefined || (is !== undefined && fold(wanted) === fold(is));

const isAmong = (wanted: string | undefined, are: readonly string[]): boolean =>
  wanted === undefined || are.includes(wanted);

/** Whether a text begins as asked for, without case. */
export const begins = (text: string, q: string): boolean => fold(text).startsWith(fold(q));

const isFound = (q: string | undefined, { name, aliases }: Service): boolean =>
  q === undefined || [name, ...aliases].some((text) => begins(text, q));

/** Every condition anew on what was read: an index may lag behind, and keys hold shortened values. */
export const matches = (filter: ServiceFilter, service: Service): boolean =>
  isSame(filter.owner, service.owner) &&
  (filter.owners === undefined || (service.owner !== undefined && filter.owners.includes(service.owner))) &&
  isSame(filter.tier, service.tier) &&
  isSame(filter.lifecycle, service.lifecycle) &&
  isSame(filter.type, service.type) &&
  isSame(filter.system, service.system) &&
  isSameText(filter.language, service.language) &&
  isAmong(filter.tag, service.tags) &&
  isAmong(filter.dependsOn, service.dependencies) &&
  isAmong(filter.repository, service.repositories) &&
  isFound(filter.q, service);
