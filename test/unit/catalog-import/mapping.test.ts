import { resolve } from 'node:path';
import { memoryCatalog } from './memory-catalog.ts';
import { plainCatalog } from './plain-catalog.ts';
import { brief, descriptorText, importFiles, importFolder } from './read.ts';

const shop = resolve(import.meta.dirname, '../../../examples/teashop');

const shopCatalog = async () => {
  const api = memoryCatalog();
  const result = await importFolder(api, shop);
  const { teams, services, repositories } = plainCatalog(api.state());
  const named = <T extends { readonly aliases: readonly string[] }>(all: readonly T[], alias: string) =>
    all.find(({ aliases }) => aliases[0] === alias);
  return {
    result,
    repositories,
    team: (alias: string) => named(teams, alias),
    service: (alias: string) => named(services, alias),
  };
};

it('the example shop: every document in, what has no place told of, a second run changes nothing', async () => {
  const api = memoryCatalog();
  const { documents, findings, became } = await importFolder(api, shop);
  expect(documents).toBe(15);
  expect(became.filter(({ outcome }) => outcome === 'refused')).toEqual([]);
  expect(findings.map(({ weight, field }) => `${weight} ${field}`).sort()).toEqual([
    'no-place metadata.description',
    'no-place metadata.links.1.icon',
    'no-place spec',
    'no-place spec.definition',
    'no-place spec.owner',
    'no-place spec.profile.displayName',
    'no-place spec.profile.displayName',
  ]);
  const calls = api.calls.length;
  const again = await importFolder(api, shop);
  expect(api.calls).toHaveLength(calls);
  expect(again.became.filter(({ outcome }) => outcome !== 'unchanged' && outcome !== 'read')).toEqual([]);
});

it('Group → team: title, parent by its children, e-mail and Slack as contacts, members from both sides', async () => {
  const { team } = await shopCatalog();
  expect(team('engineering')).toMatchObject({
    name: 'Engineering',
    type: 'department',
    contacts: [{ kind: 'email', value: 'engineering@teashop.example' }],
  });
  expect(team('storefront')).toMatchObject({
    parent: 'engineering',
    members: ['ada@teashop.example'],
    contacts: [
      { kind: 'slack', value: '#storefront' },
      { kind: 'slack', value: '#storefront-alerts', purpose: 'alerts' },
    ],
  });
  expect(team('platform')).toMatchObject({
    members: ['ada@teashop.example'],
    contacts: [
      { kind: 'slack', value: '#platform' },
      { kind: 'phone', value: '+44 20 7946 0000', purpose: 'out-of-hours' },
    ],
  });
  expect(team('fulfilment')?.responsibilities).toEqual(['Packing and shipping', 'Stock levels']);
});

it('Component → service: fields, our annotations, others kept, system and the domain of the system', async () => {
  const { service } = await shopCatalog();
  expect(service('shop-web')).toEqual({
    name: 'Shop website',
    description: 'Product pages, basket and checkout.',
    aliases: ['shop-web'],
    kind: 'component',
    type: 'website',
    tier: 1,
    lifecycle: 'production',
    language: 'TypeScript',
    framework: 'Next.js',
    owner: 'storefront',
    system: 'shop',
    domain: 'retail',
    dependencies: ['api.orders'],
    repositories: ['https://github.com/teashop/shop-web'],
    onCall: { kind: 'slack', value: '#storefront-alerts' },
    tags: ['customer-facing'],
    links: [
      { title: 'Production', url: 'https://shop.teashop.example' },
      { title: 'Dashboard', url: 'https://dashboards.teashop.example/shop-web' },
    ],
    annotations: {},
  });
  expect(service('message-bus')).toMatchObject({
    domain: 'infrastructure',
    annotations: { 'pagerduty.com/service-id': 'PTEA123' },
  });
});

it('an API depends on the component that provides it; a Resource has an alias of its kind', async () => {
  const { service } = await shopCatalog();
  expect(service('api.orders')).toMatchObject({ kind: 'api', dependencies: ['order-service'] });
  expect(service('order-service')?.dependencies).toEqual(['message-bus', 'resource.orders-database']);
  expect(service('resource.orders-database')).toMatchObject({ kind: 'resource', type: 'database' });
});

it('repositories: of services, once each, owned as the first service by alias; and those described', async () => {
  const { repositories } = await shopCatalog();
  expect(repositories.map(({ url, owner, name }) => [url, owner, name])).toEqual([
    ['https://github.com/teashop/handbook', 'engineering', 'Engineering handbook'],
    ['https://github.com/teashop/message-bus', 'platform', 'teashop/message-bus'],
    ['https://github.com/teashop/order-service', 'fulfilment', 'teashop/order-service'],
    ['https://github.com/teashop/shop-web', 'storefront', 'teashop/shop-web'],
  ]);
});

it.each([
  ['url:https://github.com/acme/desk/tree/main/apps/front/', 'https://github.com/acme/desk'],
  ['url:https://gitlab.example.com/a/b/c/-/tree/main/', 'https://gitlab.example.com/a/b/c'],
  ['url:https://bitbucket.org/acme/desk/src/main/', 'https://bitbucket.org/acme/desk'],
  ['https://git.example.com/desk.git', 'https://git.example.com/desk'],
  ['dir:.', undefined],
])('source location %s: repository %s, and the annotation is kept', async (location, url) => {
  const api = memoryCatalog();
  const annotations = ['annotations:', `  backstage.io/source-location: ${location}`];
  await importFiles(api, { 'a.yaml': descriptorText('Component', 'desk', { metadata: annotations }) });
  expect(api.state().repository.map(({ entry }) => entry.url)).toEqual(url === undefined ? [] : [url]);
  expect(api.state().service[0]?.entry.annotations).toEqual({ 'backstage.io/source-location': location });
});

it('namespaces, capitals and titles: the alias is lower case with its namespace, and all else comes back', async () => {
  const api = memoryCatalog();
  const text =
    descriptorText('Group', 'Crew', { metadata: ['namespace: emea'] }) +
    descriptorText('API', 'Orders', { metadata: ['namespace: emea', 'title: All orders'], spec: ['owner: CREW'] }) +
    descriptorText('Component', 'Desk', { spec: ['owner: Group:emea/crew', 'consumesApis: [EMEA/orders]'] });
  const { findings } = await importFiles(api, { 'a.yaml': text });
  expect(findings).toEqual([]);
  const { teams, services } = plainCatalog(api.state());
  expect(teams).toMatchObject([
    { aliases: ['emea.crew'], name: 'Crew', annotations: { 'ringfence/name': 'Crew', 'ringfence/namespace': 'emea' } },
  ]);
  expect(services.map(({ aliases, name, owner, dependencies }) => [aliases[0], name, owner, dependencies])).toEqual([
    ['emea.api.orders', 'All orders', 'emea.crew', []],
    ['desk', 'Desk', 'emea.crew', ['emea.api.orders']],
  ]);
});

it('references without a kind are of the kind that their field has, in the namespace of their document', async () => {
  const spec = ['owner: crew', 'dependsOn: [desk, resource:desk, api:other/desk]', 'consumesApis: [desk]'];
  const { findings } = await importFiles(memoryCatalog(), {
    'a.yaml': descriptorText('Component', 'x', { metadata: ['namespace: emea'], spec }),
  });
  expect(findings.map(({ field, reason }) => [field, /names (\S+):/.exec(reason)?.[1]])).toEqual([
    ['spec.owner', 'group:emea/crew'],
    ['spec.dependsOn.0', 'component:emea/desk'],
    ['spec.dependsOn.1', 'resource:emea/desk'],
    ['spec.dependsOn.2', 'api:other/desk'],
    ['spec.consumesApis.0', 'api:emea/desk'],
  ]);
  expect(findings.every((finding) => brief(finding).endsWith('left-out'))).toBe(true);
});
