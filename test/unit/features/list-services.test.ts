import fc from 'fast-check';
import { type Sort, sorts } from '../../../lambdas/features/catalog/service-filter.ts';
import { lookedAtMost } from '../../../lambdas/features/catalog/walk-services.ts';
import type { Service } from '../../../lambdas/model/service.ts';
import { catalogWorld, type Sent } from './catalog-world.ts';

type World = ReturnType<typeof catalogWorld>;

const names = [
  'Pay',
  'pay',
  'PAY later',
  'Payments',
  'C#',
  'Straße',
  'STRASSE',
  'Ａｐｉ',
  'api  gateway',
  'Zahlung',
  'x',
];
const tags = ['go', 'c++', 'c#', 'lang:go', 'pay'];
const languages = ['Go', 'go', 'C#', 'Ruby'];
const words = ['core', 'pay', 'a.b'];

interface Told {
  readonly name: string;
  readonly owner: number | undefined;
  readonly tier: number;
  readonly lifecycle: string;
  readonly type: string;
  readonly language: string | undefined;
  readonly system: string | undefined;
  readonly tags: readonly string[];
  readonly needs: readonly number[];
  readonly alias: string | undefined;
  readonly usesRepository: boolean;
}

const option = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });
const told: fc.Arbitrary<Told> = fc.record({
  name: fc.constantFrom(...names),
  owner: option(fc.nat({ max: 3 })),
  tier: fc.integer({ min: 1, max: 3 }),
  lifecycle: fc.constantFrom('production', 'retired'),
  type: fc.constantFrom('service', 'library'),
  language: option(fc.constantFrom(...languages)),
  system: option(fc.constantFrom(...words)),
  tags: fc.uniqueArray(fc.constantFrom(...tags), { maxLength: 3 }),
  needs: fc.uniqueArray(fc.nat({ max: 50 }), { maxLength: 2 }),
  alias: option(fc.constantFrom('pay', 'payments', 'pa', 'other')),
  usesRepository: fc.boolean(),
});

/** Most queries have few filters: with many, nothing is left to find. */
const seldom = <T>(of: fc.Arbitrary<T>) =>
  fc.oneof({ arbitrary: fc.constant(undefined), weight: 4 }, { arbitrary: of, weight: 1 });
const asked = fc.record({
  owner: seldom(fc.nat({ max: 3 })),
  isDeep: fc.boolean(),
  tier: seldom(fc.integer({ min: 1, max: 3 })),
  lifecycle: seldom(fc.constantFrom('production', 'retired')),
  type: seldom(fc.constantFrom('service', 'library')),
  language: seldom(fc.constantFrom(...languages)),
  system: seldom(fc.constantFrom(...words)),
  tag: seldom(fc.constantFrom(...tags)),
  dependsOn: seldom(fc.nat({ max: 50 })),
  ofRepository: seldom(fc.constant(true)),
  q: seldom(fc.constantFrom('pay', 'PAY', 'pa', 'c#', 'strasse', 'straß', 'api', 'x', 'later')),
  sort: seldom(fc.constantFrom(...sorts)),
  limit: fc.integer({ min: 1, max: 4 }),
});
type Asked = typeof asked extends fc.Arbitrary<infer A> ? A : never;

interface Catalog {
  readonly world: World;
  readonly teams: readonly string[];
  readonly repository: string;
  readonly services: readonly Service[];
}

/** Four teams in a chain, the first above all. */
const catalogOf = async (all: readonly Told[]): Promise<Catalog> => {
  const world = catalogWorld();
  const teams: string[] = [];
  for (const name of ['A', 'B', 'C', 'D']) {
    const parent = teams.at(-1);
    teams.push((await world.createTeam({ body: { name, ...(parent && { parent }) } })).body.id);
  }
  const { body: repository } = await world.createRepository({ body: { name: 'r', url: 'https://example.com/r' } });
  const services: Service[] = [];
  const aliases = new Set<string>();
  for (const [at, { owner, needs, alias, usesRepository, ...rest }] of all.entries()) {
    const dependencies = [...new Set(needs.flatMap((n) => services[n % Math.max(1, services.length)]?.id ?? []))];
    const isFree = alias !== undefined && !aliases.has(alias);
    if (isFree) aliases.add(alias);
    world.time.nowMs += (at * 7919) % 1000;
    const body: Sent = {
      ...rest,
      dependencies,
      aliases: isFree ? [alias] : [],
      ...(owner !== undefined && { owner: teams[owner] }),
      ...(usesRepository && { repositories: [repository.id] }),
    };
    services.push((await world.createService({ body: JSON.parse(JSON.stringify(body)) })).body as Service);
  }
  return { world, teams, repository: repository.id, services };
};

const queryOf = ({ teams, repository, services }: Catalog, wanted: Asked): Record<string, string> => {
  const { owner, isDeep, dependsOn, ofRepository, limit, ...rest } = wanted;
  const needed = dependsOn === undefined ? undefined : services[dependsOn % Math.max(1, services.length)]?.id;
  const query = {
    ...rest,
    ...(owner !== undefined && { owner: teams[owner], ...(isDeep && { withChildTeams: 'true' }) }),
    ...(needed && { dependsOn: needed }),
    ...(ofRepository && { repository }),
  };
  return Object.fromEntries(
    Object.entries({ ...query, limit }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    ),
  );
};

const plainText = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();

/** What the query means, said once more without an index. */
const expectedOf = ({ teams, services }: Catalog, query: Record<string, string>): readonly Service[] => {
  const owners = query.withChildTeams ? teams.slice(teams.indexOf(query.owner ?? '')) : [query.owner];
  const begins = (text: string) => plainText(text).startsWith(plainText(query.q ?? ''));
  return services.filter(
    (service) =>
      (!query.owner || owners.includes(service.owner)) &&
      (!query.tier || service.tier === Number(query.tier)) &&
      (!query.lifecycle || service.lifecycle === query.lifecycle) &&
      (!query.type || service.type === query.type) &&
      (!query.language || plainText(service.language ?? '') === plainText(query.language)) &&
      (!query.system || service.system === query.system) &&
      (!query.tag || service.tags.includes(query.tag)) &&
      (!query.dependsOn || service.dependencies.some((id) => id === query.dependsOn)) &&
      (!query.repository || service.repositories.some((id) => id === query.repository)) &&
      (!query.q || [service.name, ...service.aliases].some(begins)),
  );
};

const isInOrder = (services: readonly Service[], sort: Sort): boolean => {
  const keyOf = (service: Service) =>
    sort.endsWith('name') ? plainText(service.name).replaceAll('#', '\uFF03') : service.updatedAt;
  const keys = services.map(keyOf);
  const sorted = [...keys].sort((a, b) => (a === b ? 0 : a < b === !sort.startsWith('-') ? -1 : 1));
  return keys.join('\n') === sorted.join('\n');
};

it('yields every service that fits once, in the order asked for, page by page, and looks at a bounded number', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(told, { minLength: 20, maxLength: 60 }),
      fc.array(asked, { minLength: 6, maxLength: 12 }),
      async (all, queries) => {
        const catalog = await catalogOf(all);
        for (const wanted of queries) {
          const query = queryOf(catalog, wanted);
          const found: Service[] = [];
          let cursor: string | undefined;
          do {
            const before = catalog.world.log.rows;
            const page = await catalog.world.listServices({ ...query, ...(cursor && { cursor }) });
            const looked = catalog.world.log.rows - before - (query.withChildTeams ? catalog.teams.length : 0);
            expect(looked).toBeLessThanOrEqual(wanted.limit * lookedAtMost);
            expect(page.body.items.length).toBeLessThanOrEqual(wanted.limit);
            found.push(...(page.body.items as Service[]));
            cursor = page.body.next;
          } while (cursor !== undefined);
          expect(found.map(({ id }) => id).sort()).toEqual(
            expectedOf(catalog, query)
              .map(({ id }) => id)
              .sort(),
          );
          if (wanted.sort) expect(isInOrder(found, wanted.sort)).toBe(true);
        }
      },
    ),
    { numRuns: 60 },
  );
});
