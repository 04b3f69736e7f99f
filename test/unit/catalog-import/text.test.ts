import { importText, isRefusing } from '../../../bin/catalog/report/import-text.ts';
import { progressOn } from '../../../bin/catalog/report/progress.ts';
import { memoryCatalog } from './memory-catalog.ts';
import { descriptorText, importFiles } from './read.ts';

const crew = descriptorText('Group', 'crew');
const desks = Array.from({ length: 40 }, (_, at) =>
  descriptorText('Component', `desk-${at}`, { metadata: ['labels: { a: b }'], spec: ['owner: crew'] }),
).join('');

it('what is alike is one line with its number and first place; --verbose has every line', async () => {
  const result = await importFiles(memoryCatalog(), { 'a.yaml': crew + desks });
  expect(importText(result, false)).toMatch(
    /Has no place in the catalog \(40\):\n {2}component metadata\.labels has no place in the catalog: 40 times, first at .*a\.yaml:13\n/,
  );
  expect(importText(result, true).match(/metadata\.labels/g)).toHaveLength(40);
});

it('the table counts each kind, and the last line says what to do next', async () => {
  const api = memoryCatalog();
  const files = { 'a.yaml': crew + desks };
  const text = importText(await importFiles(api, files, true), false);
  expect(text).toMatch(/Group +1 +1 +0 +0 +0\nComponent +40 +40 +0 +0 +0\n/);
  expect(text).toMatch(/\+ Component component:default\/desk-7\n/);
  expect(text).toMatch(
    /41 documents: 41 would be created or changed\. Nothing was sent\. Next: the same without --dry-run\.$/,
  );
  expect(importText(await importFiles(api, files), false)).toMatch(/41 documents imported\. Next: /);
  expect(importText(await importFiles(api, files), false)).toMatch(/41 documents: nothing to change\. /);
});

it('refused documents and values left out are what the exit code tells of; what has no place is not', async () => {
  const of = (text: string) => importFiles(memoryCatalog(), { 'a.yaml': text });
  expect(isRefusing(await of(crew + desks))).toBe(false);
  expect(isRefusing(await of(desks))).toBe(true);
  expect(isRefusing(await of('- a'))).toBe(true);
});

it('control characters in files do not reach a terminal', async () => {
  const text = crew.replace('type: service', 'type: service\n  "a\\e[31mb": "x"');
  const result = await importFiles(memoryCatalog(), { 'a.yaml': text });
  expect(importText(result, true)).toContain('spec.a\\u001b[31mb');
});

const screenOf = (isTTY: boolean) => {
  const written: string[] = [];
  return { isTTY, written, write: (text: string) => written.push(text) };
};

it('progress: nothing for two seconds, then a bar on a terminal, elsewhere a line now and then', () => {
  let now = 0;
  const terminal = screenOf(true);
  const file = screenOf(false);
  const both = [progressOn(terminal, () => now), progressOn(file, () => now)];
  for (now = 0; now <= 12_000; now += 50)
    for (const { told } of both) told({ doing: 'Sending', done: now, total: 12_000 });
  for (const { end } of both) end();
  expect(terminal.written[0]).toBe('\r\u001b[KSending [====                    ] 2,000 of 12,000');
  expect(terminal.written.at(-1)).toBe('\r\u001b[K');
  expect(file.written).toEqual(['2,000', '7,000', '12,000'].map((done) => `  … Sending: ${done} of 12,000\n`));
  const quick = screenOf(true);
  now = 0;
  const { told, end } = progressOn(quick, () => now);
  for (now = 0; now < 2000; now += 100) told({ doing: 'Reading files', done: 0 });
  end();
  expect(quick.written).toEqual([]);
});
