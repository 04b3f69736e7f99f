import type { ServiceEntry, TeamEntry } from '../../../bin/catalog/entries.ts';
import { type MemoryCatalog, memoryCatalog } from './memory-catalog.ts';
import { brief, descriptorText, exportOf, importFiles } from './read.ts';

const team = (alias: string, more: Partial<TeamEntry> = {}): TeamEntry => ({
  name: alias,
  aliases: [alias],
  type: 'team',
  members: [],
  responsibilities: [],
  contacts: [],
  annotations: {},
  ...more,
});
const service = (alias: string, more: Partial<ServiceEntry> = {}): ServiceEntry => ({
  name: alias,
  aliases: [alias],
  kind: 'component',
  type: 'service',
  tier: 4,
  lifecycle: 'production',
  dependencies: [],
  repositories: [],
  tags: [],
  links: [],
  annotations: {},
  ...more,
});

const only = ({ state }: MemoryCatalog) => state().service[0]?.entry;

it('what the descriptor does not speak of stays as it is in the tenant', async () => {
  const api = memoryCatalog();
  const owner = api.put('team', team('crew'));
  const by = { tier: 1, language: 'Go', owner, tags: ['kept'], annotations: { mine: 'yes', theirs: 'old' } };
  api.put('service', service('desk', { name: 'The Desk', aliases: ['old-desk', 'desk'], ...by }));
  const metadata = ['description: New.', 'annotations:', '  theirs: new'];
  const { became } = await importFiles(api, { 'a.yaml': descriptorText('Component', 'desk', { metadata }) });
  expect(only(api)).toEqual({
    ...service('desk', { name: 'The Desk', aliases: ['old-desk', 'desk'], ...by }),
    description: 'New.',
    annotations: { mine: 'yes', theirs: 'new' },
  });
  expect(became).toMatchObject([{ outcome: 'changed', changed: ['annotations', 'description'] }]);
  expect(api.calls).toHaveLength(1);
});

it('a list that the descriptor has is what it says, and contacts keep their places', async () => {
  const api = memoryCatalog();
  const contacts = [
    { kind: 'url', value: 'https://crew.example' },
    { kind: 'slack', value: '#old' },
  ] as const;
  api.put('team', team('crew', { contacts, members: ['ann@example.com', 'bob@example.com'] }));
  const metadata = ['annotations:', "  slack.com/channel: 'new'"];
  await importFiles(api, {
    'a.yaml':
      descriptorText('Group', 'crew', { metadata, spec: ['members: [ann]'] }) +
      descriptorText('User', 'ann', { spec: ['profile:', '  email: ann@example.com', 'memberOf: [crew]'] }),
  });
  const [crew] = api.state().team;
  expect(crew?.entry.contacts).toEqual([contacts[0], { kind: 'slack', value: '#new' }]);
  expect(crew?.entry.members).toEqual(['ann@example.com']);
});

it('teams and services of the tenant that no file describes are found, joined and depended on', async () => {
  const api = memoryCatalog();
  const crew = api.put('team', team('crew', { members: ['bob@example.com'] }));
  const orders = api.put('service', service('orders', { kind: 'api' }));
  const desk = api.put('service', service('desk'));
  const { findings, implied } = await importFiles(api, {
    'a.yaml':
      descriptorText('User', 'ann', { spec: ['profile:', '  email: ann@example.com', 'memberOf: [crew]'] }) +
      descriptorText('Group', 'new', { spec: ['parent: crew'] }) +
      descriptorText('Component', 'till', { spec: ['owner: crew', 'consumesApis: [orders]', 'dependencyOf: [desk]'] }),
  });
  expect(findings.map(brief)).toEqual(['a.yaml:7 spec.type no-place']);
  const [first, second] = api.state().team;
  expect(first?.entry.members).toEqual(['bob@example.com', 'ann@example.com']);
  expect(second?.entry.parent).toBe(crew);
  const till = api.state().service.find(({ entry }) => entry.aliases[0] === 'till');
  expect(till?.entry).toMatchObject({ owner: crew, dependencies: [orders] });
  expect(api.state().service.find(({ id }) => id === desk)?.entry.dependencies).toEqual([till?.id]);
  expect(implied.map(({ kind, outcome, document }) => [kind, outcome, document])).toEqual([
    ['Team', 'changed', crew],
    ['Service', 'changed', desk],
  ]);
});

it('two documents that are one service of the tenant: the second is refused', async () => {
  const api = memoryCatalog();
  api.put('service', service('desk', { aliases: ['desk', 'till'] }));
  const { findings, became } = await importFiles(api, {
    'a.yaml': descriptorText('Component', 'desk') + descriptorText('Component', 'till'),
  });
  expect(findings.filter(({ weight }) => weight === 'refused').map(brief)).toEqual(['a.yaml:12 metadata.name refused']);
  expect(became.map(({ outcome }) => outcome).sort()).toEqual(['refused', 'unchanged']);
});

it('what the files say and the tenant has may be too much together: refused with the field, nothing is sent', async () => {
  const api = memoryCatalog();
  const annotations = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`a${at}`, 'x']));
  api.put('service', service('desk', { annotations }));
  const metadata = ['annotations:', '  one-more: x'];
  const { findings } = await importFiles(api, { 'a.yaml': descriptorText('Component', 'desk', { metadata }) });
  expect(findings.find(({ weight }) => weight === 'refused')).toMatchObject({ field: 'annotations', line: 2 });
  expect(api.calls).toEqual([]);
});

it('a team that moves under its own child: the child is moved first', async () => {
  const api = memoryCatalog();
  const a = api.put('team', team('a'));
  const b = api.put('team', team('b', { parent: a }));
  const c = api.put('team', team('c'));
  await importFiles(api, {
    'a.yaml':
      descriptorText('Group', 'a', { spec: ['parent: b'] }) + descriptorText('Group', 'b', { spec: ['parent: c'] }),
  });
  expect(api.calls.map(({ items }) => items.map((item) => (item as TeamEntry).aliases[0]))).toEqual([['b'], ['a']]);
  expect(api.state().team.map(({ entry }) => entry.parent)).toEqual([b, c, undefined]);
});

it('a repository keeps what it has, and gets an owner where it has none', async () => {
  const api = memoryCatalog();
  const crew = api.put('team', team('crew'));
  api.put('repository', { name: 'Desk', url: 'https://github.com/acme/desk', language: 'Go', archived: true });
  const metadata = ['annotations:', '  github.com/project-slug: acme/desk'];
  await importFiles(api, { 'a.yaml': descriptorText('Component', 'desk', { metadata, spec: ['owner: crew'] }) });
  expect(api.state().repository[0]?.entry).toEqual({
    name: 'Desk',
    url: 'https://github.com/acme/desk',
    language: 'Go',
    archived: true,
    owner: crew,
  });
});

it('what has no alias is exported under one, without taking that of another', async () => {
  const api = memoryCatalog();
  api.put('team', team('the-crew'));
  api.put('team', team('x', { name: 'The Crew!', aliases: [] }));
  expect((await exportOf(api)).match(/^ {2}name: .*/gm)).toEqual(['  name: the-crew', '  name: the-crew-2']);
});
