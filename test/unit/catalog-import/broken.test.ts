import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { memoryCatalog } from './memory-catalog.ts';
import { brief, descriptorText, type Files, folderWith, importFiles, importFolder } from './read.ts';

const good = descriptorText('Component', 'good', { spec: ['owner: crew'] });
const crew = descriptorText('Group', 'crew');
const component = (spec: readonly string[], metadata: readonly string[] = []) =>
  descriptorText('Component', 'odd', { spec, metadata });

const bomb = [
  'a0: &a0 [x, x, x, x, x, x, x, x, x]',
  ...Array.from({ length: 12 }, (_, at) => `a${at + 1}: &a${at + 1} [${Array(9).fill(`*a${at}`).join(', ')}]`),
].join('\n');

/** What is wrong with a file, the file, and what must be said of it: where, in which field, how grave, and why. */
const cases: readonly (readonly [what: string, text: string | Buffer, where: string, why: RegExp])[] = [
  ['bad YAML', 'kind: a: b', 'odd.yaml:1 refused', /no YAML/],
  ['a quote that does not end', '---\nkind: "x\nmetadata: y\n', 'odd.yaml:3 refused', /no YAML.*quote/],
  ['tabs', 'metadata:\n\tname: a\n', 'odd.yaml:2 refused', /Tabs/],
  ['a key that stands twice', `${component([])}kind: API\n`, 'odd.yaml:8 refused', /"kind" stands twice.*line 3/],
  ['an alias bomb', bomb, 'odd.yaml:1 refused', /expand more than 100 times/],
  ['an alias to itself', 'a: &a [*a]', 'odd.yaml:1 refused', /refers to itself/],
  ['an alias to nothing', 'a: *b', 'odd.yaml:1 refused', /no YAML.*alias/],
  ['nesting without end', '['.repeat(100_000), 'odd.yaml:1 refused', /nested too deep/],
  [
    'one document of 5 MB',
    `kind: "${'x'.repeat(5 * 1024 * 1024)}"`,
    'odd.yaml:1 refused',
    /5,242,888 characters.*262,144/,
  ],
  ['a file of 17 MB', Buffer.alloc(17 * 1024 * 1024, 'a'), 'odd.yaml refused', /17 MiB.*at most 16 MiB/],
  ['Latin-1', Buffer.from('kind: Component\nname: caf\xe9\n', 'latin1'), 'odd.yaml:2 refused', /not UTF-8/],
  ['UTF-16', Buffer.from('\ufeffkind: Component', 'utf16le'), 'odd.yaml:1 refused', /UTF-16/],
  ['a list', '- a\n- b\n', 'odd.yaml:1 refused', /is a list/],
  ['a single value', 'hello\n', 'odd.yaml:1 refused', /is a single value/],
  ['no kind', 'metadata:\n  name: a\n', 'odd.yaml:1 kind refused', /is missing/],
  [
    'an unknown kind',
    'apiVersion: backstage.io/v1alpha1\nkind: Widget\n',
    'odd.yaml:2 kind refused',
    /"Widget": expected one of Group/,
  ],
  [
    'a kind in lower case',
    'apiVersion: backstage.io/v1alpha1\nkind: component\n',
    'odd.yaml:2 kind refused',
    /did you mean Component/,
  ],
  [
    'another apiVersion',
    'kind: Component\napiVersion: v1\n',
    'odd.yaml:2 apiVersion refused',
    /"v1": expected backstage.io/,
  ],
  [
    'what is not Backstage’s',
    'apiVersion: apps/v1\nkind: Deployment\n',
    'odd.yaml:1 note',
    /"apps\/v1" is not Backstage/,
  ],
  ['a Location', 'apiVersion: backstage.io/v1alpha1\nkind: Location\n', 'odd.yaml:1 note', /names other files/],
  ['a Template', 'apiVersion: scaffolder.backstage.io/v1beta3\nkind: Template\n', 'odd.yaml:1 note', /scaffolder/],
  ['an empty document', '---\n---\n', 'odd.yaml:1 note', /empty document/],
  ['no name', component([]).replace('  name: odd\n', ''), 'odd.yaml:4 metadata.name refused', /is missing/],
  [
    'a name with a space',
    component([]).replace('name: odd', 'name: o d'),
    'odd.yaml:5 metadata.name refused',
    /"o d": expected letters/,
  ],
  [
    'a name that is a number',
    component([]).replace('name: odd', 'name: 12'),
    'odd.yaml:5 metadata.name refused',
    /12: expected a string/,
  ],
  [
    'a name like an id',
    component([]).replace('name: odd', 'name: svc_a'),
    'odd.yaml:5 metadata.name refused',
    /ringfence\/alias/,
  ],
  ['no owner', component([]), 'odd.yaml:6 spec.owner note', /nobody owns/],
  [
    'an owner that is nowhere',
    component(['owner: ghosts']),
    'odd.yaml:8 spec.owner left-out',
    /group:default\/ghosts: no file/,
  ],
  ['an owner that is a user', component(['owner: user:ann']), 'odd.yaml:8 spec.owner left-out', /only teams own/],
  [
    'a dependency that is nowhere',
    component(['owner: crew', 'dependsOn: [resource:db]']),
    'odd.yaml:9 spec.dependsOn.0 left-out',
    /no file.*"resource.db"/,
  ],
  [
    'a dependency on itself',
    component(['owner: crew', 'dependsOn:', '  - component:odd']),
    'odd.yaml:10 spec.dependsOn.0 left-out',
    /itself/,
  ],
  ['a reference that is none', component(['owner: "a b"']), 'odd.yaml:8 spec.owner refused', /expected a reference/],
  [
    'a tag of 10,000 characters',
    component(['owner: crew'], [`tags: [ok, ${'t'.repeat(10_000)}]`]),
    'odd.yaml:6 metadata.tags.1 refused',
    /ttt….*at most 63/,
  ],
  [
    'a lifecycle of its own',
    component(['owner: crew', 'lifecycle: sunset']),
    'odd.yaml:9 spec.lifecycle left-out',
    /"sunset".*experimental, production/,
  ],
  [
    'a tier that is none',
    component([], ['annotations:', '  ringfence/tier: "7"']),
    'odd.yaml:7 metadata.annotations.ringfence/tier refused',
    /at most 4/,
  ],
  [
    'an annotation that Ringfence lacks',
    component([], ['annotations:', '  ringfence/teir: "1"']),
    'odd.yaml:7 metadata.annotations.ringfence/teir refused',
    /no such annotation/,
  ],
  ['labels', component(['owner: crew'], ['labels:', '  a: b']), 'odd.yaml:6 metadata.labels no-place', /no place/],
  [
    'subcomponentOf',
    component(['owner: crew', 'subcomponentOf: good']),
    'odd.yaml:9 spec.subcomponentOf no-place',
    /no place/,
  ],
  ['a user in no team', descriptorText('User', 'odd'), 'odd.yaml:6 spec.memberOf no-place', /in no team/],
  [
    'a user without e-mail',
    descriptorText('User', 'odd', { spec: ['memberOf: [crew]'] }),
    'odd.yaml:6 spec.profile.email left-out',
    /known by their e-mail/,
  ],
  [
    'a member whom no file describes',
    descriptorText('Group', 'odd', { spec: ['members: [ann]'] }),
    'odd.yaml:8 spec.members.0 left-out',
    /user:default\/ann/,
  ],
];

it.each(cases)('%s: said with its place and reason, and the rest goes in', async (_, text, where, why) => {
  const api = memoryCatalog();
  const { findings, became } = await importFiles(api, { 'crew.yaml': crew, 'good.yaml': good, 'odd.yaml': text });
  const found = findings.find((finding) => brief(finding) === where);
  expect(findings.map(brief)).toContain(where);
  expect(found?.reason).toMatch(why);
  expect(api.state().service.map(({ entry }) => entry.aliases)).toContainEqual(['good']);
  expect(became.some(({ outcome }) => outcome === 'refused')).toBe(where.endsWith('refused'));
});

it('one bad document in a file: that one is refused, those around it go in, lines are those of the file', async () => {
  const api = memoryCatalog();
  const text = [crew, '---\n{ bad: [\n', good, component(['owner: crew', 'colour: red'])].join('');
  const { findings } = await importFiles(api, { 'all.yaml': text });
  expect(findings.map(brief)).toEqual(['all.yaml:9 refused', 'all.yaml:26 spec.colour no-place']);
  expect(api.state().service).toHaveLength(2);
});

it('CRLF, a byte order mark and comments change nothing', async () => {
  const api = memoryCatalog();
  const text = `\ufeff# a comment\r\n${(crew + good).replaceAll('\n', '\r\n')}...\r\n`;
  const { findings } = await importFiles(api, { 'all.yml': text });
  expect(findings).toEqual([]);
  expect(api.state().service[0]?.entry.owner).toBe(api.state().team[0]?.id);
});

it('of two documents of one name the second is refused, with the place of the first', async () => {
  const { findings } = await importFiles(memoryCatalog(), {
    'a.yaml': crew + good,
    'b.yaml': good.replace('crew', 'ghosts'),
  });
  expect(findings.map(brief)).toEqual(['b.yaml:5 metadata.name refused']);
  expect(findings[0]?.reason).toMatch(/is the name of a document before it, at .*a\.yaml:9: this one is not imported/);
});

it('of two that have one name and two titles both go in, the second under its title, whatever else is there', async () => {
  const titled = (title: string) =>
    descriptorText('Component', 'desk', { metadata: [`title: ${title}`], spec: ['owner: crew'] });
  const files: Files = { 'a.yaml': crew + titled('Front Desk') + titled('Back Desk') };
  const api = memoryCatalog();
  const { findings } = await importFiles(api, files);
  expect(findings.map(brief)).toEqual(['a.yaml:21 metadata.name note']);
  expect(api.state().service.map(({ entry }) => [entry.aliases, entry.name])).toEqual([
    [['desk'], 'Front Desk'],
    [['back-desk'], 'Back Desk'],
  ]);
  const calls = api.calls.length;
  await importFiles(api, files);
  expect(api.calls).toHaveLength(calls);
});

it('groups within themselves: each is told of, none gets that parent, all go in', async () => {
  const group = (name: string, parent: string) => descriptorText('Group', name, { spec: [`parent: ${parent}`] });
  const api = memoryCatalog();
  const { findings } = await importFiles(api, {
    'g.yaml': group('a', 'b') + group('b', 'c') + group('c', 'a') + group('d', 'a'),
  });
  expect(findings.map(brief)).toEqual([8, 16, 24].map((line) => `g.yaml:${line} spec.parent left-out`));
  expect(findings[0]?.reason).toContain('a → b → c → a');
  expect(api.state().team.map(({ entry }) => entry.parent)).toEqual([
    undefined,
    undefined,
    undefined,
    api.state().team[0]?.id,
  ]);
});

it('a parent and a child that disagree: the child’s own word counts, and the other is told of', async () => {
  const api = memoryCatalog();
  const text =
    descriptorText('Group', 'a', { spec: ['children: [c]'] }) +
    descriptorText('Group', 'b') +
    descriptorText('Group', 'c', { spec: ['parent: b'] });
  const { findings } = await importFiles(api, { 'g.yaml': text });
  expect(findings.map(brief)).toEqual(['g.yaml:8 spec.children.0 left-out']);
  const [, b, c] = api.state().team;
  expect(c?.entry.parent).toBe(b?.id);
});

it('what refers to a refused document is told so, with the place of that', async () => {
  const { findings } = await importFiles(memoryCatalog(), {
    'a.yaml': crew.replace('type: service', 'type: "Not A Word"') + good,
  });
  expect(findings.map(brief)).toEqual(['a.yaml:7 spec.type refused', 'a.yaml:15 spec.owner left-out']);
  expect(findings[1]?.reason).toMatch(/was refused \(.*a\.yaml:2\)/);
});

it('links that lead in circles, hidden folders, node_modules and links to nowhere: each file is read once', async () => {
  const folder = folderWith({
    'a.yaml': crew + good,
    '.hidden/x.yaml': good,
    'node_modules/y/y.yaml': good,
    'notes.txt': '- ',
  });
  symlinkSync(folder, join(folder, 'loop'));
  symlinkSync(join(folder, 'a.yaml'), join(folder, 'b.yaml'));
  symlinkSync('itself.yaml', join(folder, 'itself.yaml'));
  symlinkSync('/nowhere/at/all.yaml', join(folder, 'z.yaml'));
  const { findings, documents } = await importFolder(memoryCatalog(), folder);
  expect(findings.map(brief)).toEqual([
    '.hidden note',
    'b.yaml note',
    'itself.yaml refused',
    'loop note',
    'node_modules note',
    'z.yaml refused',
  ]);
  expect(documents).toBe(4);
});

it('fields with names from hell neither pollute prototypes nor stop anything', async () => {
  const text = component(['owner: crew', '__proto__: { admin: true }', 'constructor: { prototype: { admin: true } }']);
  const { findings } = await importFiles(memoryCatalog(), { 'a.yaml': crew + text });
  expect(findings.map(brief)).toEqual(['a.yaml:16 spec.__proto__ no-place', 'a.yaml:17 spec.constructor no-place']);
  expect(({} as { admin?: boolean }).admin).toBeUndefined();
});
