import type { IndexName } from '../../kernel/tables.ts';
import { fold } from '../../model/fold.ts';
import { facet, pointerPrefix } from '../../model/service-item.ts';
import type { ServiceFilter, Sort } from './service-filter.ts';

/** A stretch of keys to walk. Several are walked one after the other. */
export interface Source {
  /** Absent: the table itself, where items that point at services lie. */
  readonly index?: IndexName;
  readonly prefix: string;
  readonly isReversed?: true;
}

type Facet = readonly [index: IndexName, prefix: string];

/** Those that leave fewest come first. */
const facetsOf = ({ owner, system, language, type, tier, lifecycle }: ServiceFilter): readonly Facet[] => [
  ...(owner ? [['by-owner', `${owner}#`] as const] : []),
  ...(system ? [['by-system', facet(system)] as const] : []),
  ...(language ? [['by-language', facet(language)] as const] : []),
  ...(type ? [['by-type', facet(type)] as const] : []),
  ...(tier ? [['by-tier', facet(tier)] as const] : []),
  ...(lifecycle ? [['by-lifecycle', facet(lifecycle)] as const] : []),
];

const sortedPlan = (filter: ServiceFilter, sort: Sort): readonly Source[] => {
  const isReversed = sort.startsWith('-') ? { isReversed: true as const } : {};
  if (sort.endsWith('updatedAt')) return [{ index: 'by-updated', prefix: '', ...isReversed }];
  const [[index, prefix] = ['by-name', ''] as const] = facetsOf(filter);
  return [{ index, prefix, ...isReversed }];
};

/**
 * Which keys to walk for a filter, so that as few as possible are read in vain. With `sort` the order decides, and the
 * narrowest index that has it; without, the order is whatever reads least: by name, or by id where pointers are walked,
 * and by team where there are several.
 */
export const plan = (filter: ServiceFilter, sort: Sort | undefined): readonly Source[] => {
  if (sort) return sortedPlan(filter, sort);
  const { owner, owners, dependsOn, repository, tag, q, system } = filter;
  if (dependsOn) return [{ prefix: pointerPrefix('dependency', dependsOn) }];
  if (repository) return [{ prefix: pointerPrefix('repository', repository) }];
  if (owner) return [{ index: 'by-owner', prefix: `${owner}#` }];
  if (owners) return owners.map((owner) => ({ index: 'by-owner' as const, prefix: `${owner}#` }));
  if (system) return [{ index: 'by-system', prefix: facet(system) }];
  if (tag) return [{ prefix: pointerPrefix('tag', tag) }];
  if (q) return [{ index: 'by-name', prefix: fold(q) }, { prefix: `alias#${fold(q)}` }];
  return sortedPlan(filter, 'name');
};
