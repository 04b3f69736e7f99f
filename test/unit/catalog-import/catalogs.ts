import fc from 'fast-check';
import type { EntryOf, TenantCatalog } from '../../../bin/catalog/entries.ts';
import { Contact } from '../../../lambdas/model/contact.ts';
import { RepositoryInput } from '../../../lambdas/model/repository.ts';
import { ServiceInput } from '../../../lambdas/model/service.ts';
import { TeamInput } from '../../../lambdas/model/team.ts';
import { Annotations, Line, Text, Url } from '../../../lambdas/model/words.ts';
import { memoryCatalog } from './memory-catalog.ts';

const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const fits = (schema: { safeParse(value: unknown): { success: boolean } }) => (value: unknown) =>
  schema.safeParse(value).success;

/** Texts that YAML reads as something else, beside any others. */
const awkward = fc.constantFrom(
  'yes',
  'null',
  '~',
  '1e3',
  '0x1F',
  '2026-11-27',
  '- a',
  '# a',
  'a: b',
  "it's",
  '"',
  '*a',
  '&a',
  '!a',
  '%a',
  '@a',
  '`a',
  '{a',
  '[a',
  '| a',
  '> a',
  '---',
  '...',
  '🚀 launch',
  'naïve',
  '=',
  '<<',
  '\\n',
);
const line = (max: number) =>
  fc.oneof(awkward, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 })).filter(fits(Line(max)));
const text = fc
  .oneof(
    awkward,
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc
      .array(fc.constantFrom('a', ' ', '\n', '\t', '\r', '---', '# b', '\n\n', '  c', '\u2028', '\uFEFF', '...'), {
        maxLength: 12,
      })
      .map((parts) => parts.join('')),
  )
  .filter(fits(Text(4000)));

const word = fc.stringMatching(/^[a-z0-9]([a-z0-9._-]{0,6}[a-z0-9])?$/);
const alias = fc
  .tuple(fc.constantFrom('', '', 'api.', 'resource.', 'emea.', 'emea.api.'), word)
  .map(([prefix, rest]) => `${prefix}${rest}`);
const url = fc
  .oneof(
    fc.webUrl({ withQueryParameters: true }),
    word.map((name) => `https://github.com/acme/${name}`),
    word.map((name) => `https://gitlab.com/acme/${name}`),
  )
  .filter(fits(Url));
const contact = fc
  .oneof(
    fc.record({ kind: fc.constant('email' as const), value: fc.constantFrom('a=b@example.com', 'team@example.com') }),
    fc.record({ kind: fc.constant('slack' as const), value: word.map((name) => `#${name}`) }),
    fc.record({ kind: fc.constant('url' as const), value: url }),
    fc.record({ kind: fc.constant('phone' as const), value: fc.constant('+44 20 7946 0000') }),
  )
  .chain((plain) =>
    some(fc.oneof(fc.constant('alerts'), word)).map((purpose) =>
      purpose === undefined ? plain : { ...plain, purpose },
    ),
  )
  .filter(fits(Contact));
const annotations = fc
  .dictionary(
    fc.oneof(
      fc.constantFrom(
        'slack.com/channel',
        'github.com/project-slug',
        'ringfence/tier',
        'ringfence/name',
        'ringfence/namespace',
        'ringfence/aliases',
        'ringfence/x',
        'pagerduty.com/service-id',
        'ringfence/annotations',
        'ringfence/repositories',
      ),
      fc.constantFrom('example.com/a', 'plain'),
    ),
    fc.oneof(text, fc.constantFrom('emea', 'Emea', 'x'), word),
    { maxKeys: 4 },
  )
  .chain((plain) =>
    fc
      .option(
        fc.oneof(
          url.map((at) => `url:${at}/tree/main/`),
          fc.constant('nowhere'),
        ),
        { nil: undefined },
      )
      .map((at) => (at === undefined ? plain : { ...plain, 'backstage.io/source-location': at })),
  )
  .filter(fits(Annotations));

const distinct = <T>(value: fc.Arbitrary<T>, max: number) => fc.uniqueArray(value, { maxLength: max });

const team = fc.record({
  name: line(120),
  description: some(text),
  type: word,
  members: distinct(fc.constantFrom('ann@example.com', 'Ann@example.com', 'bob@example.com', 'cy@example.org'), 3),
  responsibilities: fc.array(line(200), { maxLength: 3 }),
  contacts: fc.array(contact, { maxLength: 4 }),
  annotations,
});
const repository = fc.record({
  name: line(200),
  description: some(text),
  language: some(line(40)),
  archived: fc.boolean(),
});
const service = fc.record({
  name: line(120),
  description: some(text),
  kind: fc.constantFrom('component' as const, 'api' as const, 'resource' as const),
  type: word,
  tier: fc.constantFrom(1, 2, 3, 4),
  lifecycle: fc.constantFrom('experimental' as const, 'production' as const, 'deprecated' as const, 'retired' as const),
  language: some(line(40)),
  framework: some(line(40)),
  system: some(word),
  domain: some(word),
  onCall: some(contact),
  tags: distinct(word, 3),
  links: fc.array(fc.record({ title: line(80), url }), { maxLength: 2 }),
  annotations,
});

const without = <T extends object>(entry: T): T => JSON.parse(JSON.stringify(entry)) as T;

/** Any catalog that the API would take, as it is in a tenant. */
export const anyCatalog: fc.Arbitrary<TenantCatalog> = fc
  .record({
    aliases: distinct(alias, 12),
    teams: fc.array(team, { maxLength: 3 }),
    repositories: fc.array(fc.tuple(repository, fc.boolean()), { maxLength: 3 }),
    urls: distinct(url, 3),
    services: fc.array(service, { maxLength: 5 }),
    picks: fc.array(fc.nat(), { minLength: 40, maxLength: 40 }),
  })
  .map(({ aliases, teams, repositories, urls, services, picks }) => {
    const catalog = memoryCatalog();
    let at = 0;
    const pick = () => picks[at++ % picks.length] ?? 0;
    const oneOf = <T>(list: readonly T[]): T | undefined =>
      pick() % 3 === 0 ? undefined : list[pick() % Math.max(list.length, 1)];
    const namesFor = (index: number, of: number) => aliases.filter((_, each) => each % of === index);
    const put = <K extends 'team' | 'repository' | 'service'>(kind: K, entry: object) => {
      const schema = { team: TeamInput, repository: RepositoryInput, service: ServiceInput }[kind];
      return catalog.put(kind, without(schema.parse(without(entry))) as unknown as EntryOf[K]);
    };
    const teamIds: string[] = [];
    for (const [index, each] of teams.entries()) {
      const names = namesFor(index, teams.length);
      if (names.length > 0) teamIds.push(put('team', { ...each, aliases: names, parent: oneOf(teamIds) }));
    }
    const repositoryIds = urls.flatMap((each, index) => {
      const [entry, isPlain] = repositories[index] ?? [];
      const path = new URL(each).pathname.replace(/^\/+|\/+$/g, '') || new URL(each).host;
      const plain = { name: path.slice(0, 200), url: each };
      if (!RepositoryInput.safeParse(plain).success) return [];
      return entry
        ? [put('repository', { ...(isPlain ? plain : { ...entry, url: each }), owner: oneOf(teamIds) })]
        : [];
    });
    const serviceIds: string[] = [];
    for (const [index, each] of services.entries()) {
      const names = namesFor(index, services.length);
      const references = {
        owner: oneOf(teamIds),
        dependencies: [...new Set([oneOf(serviceIds), oneOf(serviceIds)])].filter(Boolean),
        repositories: [...new Set([oneOf(repositoryIds), oneOf(repositoryIds)])].filter(Boolean),
      };
      if (names.length > 0) serviceIds.push(put('service', { ...each, aliases: names, ...references }));
    }
    return without(catalog.state());
  });
