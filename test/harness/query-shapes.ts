import { repositoryAt, serviceAt, teamAt } from './many-services.ts';

/** A way to ask for services, and the most read units that a page of 25 may cost at 10,000 services of about 1 KB. */
export interface QueryShape {
  readonly name: string;
  readonly query: Readonly<Record<string, string>>;
  readonly units: number;
}

/** Filters that an index of names serves alone, from the narrowest. */
const indexed = {
  owner: teamAt(20),
  system: 'system-7',
  language: 'Ruby',
  type: 'website',
  tier: '1',
  lifecycle: 'deprecated',
};
/** Filters that are served by items which point at services. */
const pointed = { dependsOn: serviceAt(5), repository: repositoryAt(5), tag: 'tag-5' };
const filters: Readonly<Record<string, string>> = { ...indexed, ...pointed, q: 'pay' };

/** A page is read from one index: 25 of 1 KB. */
const page = 5;
/** 25 that are pointed at are read one by one, each half a unit, after what points at them. */
const pointedPage = 16;
/** Looks at no more than ten times what was asked for: 250 of 1 KB, or as many that are pointed at. */
const combined = 52;
const pointedCombined = 140;

const isPointed = (names: readonly string[]): boolean =>
  names.some((name) => name in pointed || name === 'q') &&
  !(
    names.includes('owner') ||
    (names.includes('system') && !names.includes('dependsOn') && !names.includes('repository'))
  );

const pairs = Object.keys(filters).flatMap((one, at) =>
  Object.keys(filters)
    .slice(at + 1)
    .map((other) => [one, other] as const),
);
const of = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, filters[name] ?? '']));

/** Every filter, every pair of them, all of them; and each order. */
export const queryShapes: readonly QueryShape[] = [
  { name: 'no filter', query: {}, units: page },
  ...['-name', 'updatedAt', '-updatedAt'].map((sort) => ({ name: `sort=${sort}`, query: { sort }, units: page })),
  ...Object.keys(indexed).map((name) => ({ name, query: of([name]), units: page })),
  ...Object.keys(pointed).map((name) => ({ name, query: of([name]), units: pointedPage })),
  { name: 'q', query: of(['q']), units: pointedPage },
  { name: 'owner, withChildTeams', query: { owner: teamAt(0), withChildTeams: 'true' }, units: page + 7 },
  ...pairs.map((names) => ({
    name: names.join(' + '),
    query: of(names),
    units: isPointed(names) ? pointedCombined : combined,
  })),
  ...Object.keys(filters).flatMap((name) =>
    ['name', '-updatedAt'].map((sort) => ({
      name: `${name} + sort=${sort}`,
      query: { ...of([name]), sort },
      units: combined,
    })),
  ),
  { name: 'all filters', query: of(Object.keys(filters)), units: pointedCombined },
];
