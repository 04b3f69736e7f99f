import type { RepositoryId, ServiceId, TeamId } from '../../lambdas/kernel/id.ts';
import type { Item } from '../../lambdas/kernel/session.ts';
import type { Collection } from '../../lambdas/kernel/tables.ts';
import { aliasKey, noReferences, pointerItem, referencesKey } from '../../lambdas/model/named-item.ts';
import { newService, ServiceInput } from '../../lambdas/model/service.ts';
import { pointersOf, serviceItem } from '../../lambdas/model/service-item.ts';
import { newTeam, TeamInput } from '../../lambdas/model/team.ts';
import { teamItem } from '../../lambdas/model/team-item.ts';

/** An item as the catalog writes it. */
export interface Row {
  readonly collection: Collection;
  readonly key: string;
  readonly item: Item;
}

const numbered = (kind: string, at: number): string => `${kind}_${String(at).padStart(16, '0')}`;
export const serviceAt = (at: number) => numbered('svc', at) as ServiceId;
export const teamAt = (at: number) => numbered('team', at) as TeamId;
export const repositoryAt = (at: number) => numbered('repo', at) as RepositoryId;

const startMs = Date.UTC(2026, 0, 1);
/** Forty teams: the first is above ten others, which are above none. */
export const teams = 40;
const words = ['payment', 'search', 'ledger', 'account', 'basket', 'checkout', 'mail', 'report', 'stock', 'invoice'];
const languages = ['Ruby', 'Go', 'TypeScript', 'Java', 'Python', 'Rust', 'C#', 'Kotlin'];
const lifecycles = ['production', 'production', 'production', 'experimental', 'deprecated', 'retired'];
const tiers = [4, 4, 4, 3, 3, 2, 4, 3, 2, 1];
const types = ['service', 'service', 'service', 'website', 'library', 'tool', 'data-pipeline'];

/** A number that follows from another without a pattern that several fields would share: SplitMix32. */
const mixed = (at: number, salt: number): number => {
  let hash = (Math.imul(at * 32 + salt + 1, 0x9e3779b9) + 0x9e3779b9) | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad);
  hash = Math.imul(hash ^ (hash >>> 15), 0x735a2d97);
  return (hash ^ (hash >>> 15)) >>> 0;
};
const one = <T>(of: readonly T[], at: number, salt: number): T => of[mixed(at, salt) % of.length] as T;

const serviceInput = (at: number, count: number): ServiceInput =>
  ServiceInput.parse({
    name: `${one(words, at, 1)} ${one(words, at, 2)} ${at}`,
    description: 'What it does, for whom, and what to know before it is changed. '.repeat(6),
    aliases: [`${one(words, at, 1)}-${at}`],
    tier: one(tiers, at, 3),
    lifecycle: one(lifecycles, at, 4),
    type: one(types, at, 5),
    language: one(languages, at, 6),
    owner: teamAt(mixed(at, 7) % teams),
    system: `system-${mixed(at, 8) % 200}`,
    dependencies: [...new Set([1, 2, 3].map((salt) => serviceAt(mixed(at, 8 + salt) % count)))],
    repositories: [repositoryAt(mixed(at, 12) % 1000)],
    tags: [...new Set([1, 2, 3].map((salt) => `tag-${mixed(at, 12 + salt) % 50}`))],
    links: [{ title: 'Dashboard', url: `https://dashboards.example.com/d/${at}` }],
  });

const serviceRows = (at: number, count: number): readonly Row[] => {
  const service = newService(serviceAt(at), serviceInput(at, count), startMs + mixed(at, 16));
  const row = (key: string, item: Item): Row => ({ collection: 'services', key, item });
  return [
    row(service.id, serviceItem(service)),
    row(referencesKey(service.id), noReferences),
    ...service.aliases.map((alias) => row(aliasKey(alias), pointerItem(service.id))),
    ...pointersOf(service).map((key) => row(key, pointerItem(service.id))),
  ];
};

const teamRow = (at: number): Row => {
  const parent = at >= 1 && at <= 10 ? { parent: teamAt(0) } : {};
  const team = newTeam(teamAt(at), TeamInput.parse({ name: `Team ${at}`, ...parent }), startMs);
  return { collection: 'teams', key: team.id, item: teamItem(team) };
};

/** A catalog of so many services, each about 1 KB, as an organisation of forty teams would have it. */
export function* manyServices(count: number): Generator<Row> {
  for (let at = 0; at < teams; at += 1) yield teamRow(at);
  for (let at = 0; at < count; at += 1) yield* serviceRows(at, count);
}
