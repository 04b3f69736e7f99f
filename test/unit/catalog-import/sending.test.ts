import { batchesOf } from '../../../bin/catalog/send/batches.ts';
import type { CatalogApi } from '../../../bin/catalog/send/catalog-api.ts';
import { ProblemError } from '../../../lambdas/client.ts';
import { problemOf } from '../../../lambdas/kernel/errors.ts';
import { memoryCatalog } from './memory-catalog.ts';
import { plainCatalog } from './plain-catalog.ts';
import { brief, descriptorText, importFiles } from './read.ts';

const crew = descriptorText('Group', 'crew');
const circle =
  descriptorText('Component', 'a', { spec: ['owner: crew', 'dependsOn: [b]'] }) +
  descriptorText('Component', 'b', { spec: ['owner: crew', 'dependsOn: [a]'] });

it('services that need each other are created, then given their dependencies; they count as created', async () => {
  const api = memoryCatalog();
  const { became } = await importFiles(api, { 'a.yaml': crew + circle });
  expect(plainCatalog(api.state()).services.map(({ aliases, dependencies }) => [aliases, dependencies])).toEqual([
    [['a'], ['b']],
    [['b'], ['a']],
  ]);
  expect(became.map(({ outcome }) => outcome)).toEqual(['created', 'created', 'created']);
  expect(api.calls.map(({ kind, items }) => [kind, items.length])).toEqual([
    ['team', 1],
    ['service', 2],
    ['service', 2],
  ]);
});

it('a dry run sends nothing and tells what would be', async () => {
  const api = memoryCatalog();
  const { became, isDryRun } = await importFiles(api, { 'a.yaml': crew + circle }, true);
  expect(isDryRun).toBe(true);
  expect(became.map(({ outcome }) => outcome)).toEqual(['created', 'created', 'created']);
  expect(api.calls).toEqual([]);
});

it('no call has more than 100 elements or 60,000 bytes; all are sent, in order', () => {
  const elements = Array.from({ length: 250 }, (_, at) => ({ at, text: 'é'.repeat(at > 200 ? 1000 : 1) }));
  const batches = batchesOf(elements, (each) => each);
  expect(batches.flat()).toEqual(elements);
  for (const batch of batches) {
    expect(batch.length).toBeLessThanOrEqual(100);
    expect(Buffer.byteLength(JSON.stringify({ items: batch }))).toBeLessThanOrEqual(65_536);
  }
});

it('changed by somebody else meanwhile: it is read and planned again, and nothing of theirs is lost', async () => {
  const memory = memoryCatalog();
  await importFiles(memory, { 'a.yaml': crew + descriptorText('Component', 'desk', { spec: ['owner: crew'] }) });
  let times = 2;
  const api: CatalogApi = {
    ...memory,
    upsert: async (kind, items) => {
      const [desk] = memory.state().service;
      if (desk && times > 0) {
        times -= 1;
        await memory.upsert('service', [{ ...desk.entry, tier: times + 1 }]);
      }
      return memory.upsert(kind, items);
    },
  };
  const metadata = ['description: Theirs and ours.'];
  const { findings, became } = await importFiles(api, {
    'a.yaml': crew + descriptorText('Component', 'desk', { metadata, spec: ['owner: crew'] }),
  });
  expect(findings).toEqual([]);
  expect(became.map(({ outcome }) => outcome)).toEqual(['unchanged', 'changed']);
  expect(memory.state().service[0]?.entry).toMatchObject({ tier: 1, description: 'Theirs and ours.' });
});

it('changed by somebody else each time: given up with a clear word, and the rest is in', async () => {
  const memory = memoryCatalog();
  const api: CatalogApi = {
    ...memory,
    upsert: async (kind, items) =>
      kind === 'team'
        ? items.map(() => ({ outcome: 'refused' as const, problem: problemOf('version-mismatch') }))
        : memory.upsert(kind, items),
  };
  const { findings } = await importFiles(api, { 'a.yaml': crew + circle });
  expect(findings.map(brief)).toEqual(['a.yaml:2 refused', 'a.yaml:9 left-out', 'a.yaml:18 left-out']);
  expect(findings[0]?.reason).toMatch(/version-mismatch.*has changed since/);
  expect(memory.state().service).toHaveLength(2);
}, 20_000);

it('a call that takes the API too long is sent in halves', async () => {
  const memory = memoryCatalog();
  const sizes: number[] = [];
  const api: CatalogApi = {
    ...memory,
    upsert: async (kind, items) => {
      sizes.push(items.length);
      if (items.length > 2) throw new ProblemError(problemOf('deadline-exceeded'));
      return memory.upsert(kind, items);
    },
  };
  const names = ['a', 'b', 'c', 'd', 'e'];
  await importFiles(api, { 'a.yaml': names.map((name) => descriptorText('Group', name)).join('') });
  expect(sizes).toEqual([5, 3, 2, 1, 2]);
  expect(memory.state().team.map(({ entry }) => entry.name)).toEqual(names);
});

it('cut off anywhere and repeated: the same end as without', async () => {
  const text = crew + circle + descriptorText('Group', 'sub', { spec: ['parent: crew'] });
  const whole = memoryCatalog();
  await importFiles(whole, { 'a.yaml': text });
  for (let calls = 0; calls < whole.calls.length; calls += 1) {
    const memory = memoryCatalog();
    let left = calls;
    const upsert: CatalogApi['upsert'] = async (kind, items) => {
      // The first half of the call is carried out, and no answer arrives.
      if (left === 0) await memory.upsert(kind, items.slice(0, Math.ceil(items.length / 2)));
      left -= 1;
      if (left < 0) throw new Error('cut off');
      return memory.upsert(kind, items);
    };
    await expect(importFiles({ ...memory, upsert }, { 'a.yaml': text })).rejects.toThrow('cut off');
    await importFiles(memory, { 'a.yaml': text });
    expect(plainCatalog(memory.state())).toEqual(plainCatalog(whole.state()));
  }
});
