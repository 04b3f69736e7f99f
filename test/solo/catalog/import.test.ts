import { randomInt } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImportResult } from '../../../bin/catalog/import-result.ts';
import { createClient } from '../../../lambdas/client.ts';
import { type OwnTwin, ownTwin } from '../../harness/own-twin.ts';
import { type CatalogCommand, catalogOf, govuk, hasGovuk, shop } from './run-catalog.ts';

let twin: OwnTwin;
let folder: string;
let first: CatalogCommand;
let firstToken: string;
let firstExport: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'catalog-'));
  twin = await ownTwin('catalog');
  const tenant = await twin.tenant();
  firstToken = tenant.token;
  first = catalogOf(twin.addresses.apiUrl, tenant);
});
afterAll(async () => {
  await twin.end();
  rmSync(folder, { recursive: true, force: true });
});

const source = hasGovuk ? govuk : shop;
const another = async () => catalogOf(twin.addresses.apiUrl, await twin.tenant());
const outcomes = ({ became, implied }: ImportResult) =>
  [...new Set([...became, ...implied].map(({ outcome }) => outcome))].sort();

it('a dry run tells what would be created, and changes nothing', async () => {
  const { code, isDryRun, became } = await first.import(source, '--dry-run');
  expect([code, isDryRun]).toEqual([0, true]);
  expect(became.some(({ outcome }) => outcome === 'created')).toBe(true);
  expect(await first.export()).toBe('');
});

(hasGovuk ? it : it.skip)('GOV.UK: 154 documents in, none refused, every owner resolved', async () => {
  const { code, documents, became, findings } = await first.import(govuk);
  expect([code, documents, became.length]).toEqual([0, 154, 154]);
  expect(outcomes({ isDryRun: false, documents, became, implied: [], findings })).toEqual(['created']);
  expect(findings.filter(({ weight }) => weight !== 'note')).toEqual([]);
  const client = createClient({ url: twin.addresses.apiUrl, token: firstToken });
  const owners: (string | undefined)[] = [];
  let cursor: string | undefined;
  do {
    const { body } = await client.listServices({ limit: 100, ...(cursor && { cursor }) });
    owners.push(...body.items.map(({ owner }) => owner));
    cursor = body.next;
  } while (cursor);
  expect(owners).toHaveLength(136);
  expect(owners.every((owner) => owner?.startsWith('team_'))).toBe(true);
});

it('a second run changes nothing and says so; the export has it all', async () => {
  await first.import(source);
  const again = await first.import(source);
  expect(outcomes(again).filter((outcome) => outcome !== 'read')).toEqual(['unchanged']);
  const { out, code } = await first.run(['import', source]);
  expect(code).toBe(0);
  expect(out).toMatch(/\d+ documents: nothing to change\./);
  firstExport = await first.export();
  expect(firstExport.match(/^kind: /gm)?.length).toBeGreaterThan(10);
});

it('killed at random points and repeated: the same end as without', async () => {
  const second = await another();
  const kills: [afterMs: number, wasAtIt: boolean][] = [];
  for (let times = 0; times < 5; times += 1) {
    const afterMs = randomInt(900, 3000);
    kills.push([afterMs, await second.killed(source, afterMs)]);
  }
  const { code } = await second.import(source);
  const isSame = (await second.export()) === firstExport;
  expect({ kills, code, isSame }).toEqual({ kills, code: 0, isSame: true });
});

it('two imports of an export at once, and a repeat: equal to the tenant that it came from, to the byte', async () => {
  const file = join(folder, 'export.yaml');
  writeFileSync(file, firstExport);
  const third = await another();
  const both = await Promise.all([third.import(file), third.import(file)]);
  for (const { findings } of both)
    for (const { weight, reason } of findings) expect([weight, reason]).toEqual(['note', expect.any(String)]);
  const repeated = await third.import(file);
  expect(repeated.code).toBe(0);
  expect(await third.export()).toBe(firstExport);
});

it('the example shop goes in, out into a folder, and into another tenant: equal, to the byte', async () => {
  const [one, other] = [await another(), await another()];
  expect((await one.import(shop)).code).toBe(0);
  const { code, err } = await one.run(['export', '--out', `${folder}/`]);
  expect([code, err]).toEqual([0, expect.stringContaining('documents in')]);
  expect((await other.import(join(folder, 'components.yaml'))).code).toBe(1);
  rmSync(join(folder, 'export.yaml'));
  expect((await other.import(folder)).code).toBe(0);
  expect(await other.export()).toBe(await one.export());
});

it('an export to a full disk: exit code 1, one line that says so', async () => {
  const full = await first.run(['export', '--out', '/dev/full']);
  expect([full.code, full.errorLines]).toEqual([1, [expect.stringMatching(/the disk is full/)]]);
});

it('an export that nobody reads to its end: exit code 1, one line that says so', async () => {
  const { code, errorLines } = await first.unread();
  expect([code, errorLines]).toEqual([1, [expect.stringMatching(/stopped before the end/)]]);
});

it('an export into a place that is not there leaves nothing behind', async () => {
  const { code, errorLines } = await first.run(['export', '--out', join(folder, 'no/such/place.yaml')]);
  expect([code, errorLines]).toEqual([1, [expect.stringMatching(/no such folder/)]]);
});

const maxRss =
  'data:text/javascript,process.on("exit",()=>process.stderr.write("maxRSS "+process.resourceUsage().maxRSS+"\\n"))';

it('hostile files cost no more memory than a few times what is read at once', async () => {
  const bomb = `a0: &a0 [x, x, x, x, x, x, x, x, x]\n${Array.from({ length: 12 }, (_, at) => `a${at + 1}: &a${at + 1} [${Array(9).fill(`*a${at}`)}]`).join('\n')}\n`;
  const hostile = mkdtempSync(join(folder, 'hostile-'));
  writeFileSync(join(hostile, 'bomb.yaml'), bomb);
  writeFileSync(join(hostile, 'five-mebibytes.yaml'), `kind: "${'x'.repeat(5 * 1024 * 1024)}"`);
  writeFileSync(join(hostile, 'many.yaml'), `---\n${bomb}`.repeat(500));
  writeFileSync(join(hostile, 'deep.yaml'), `---\n${'['.repeat(250_000)}\n`.repeat(3));
  writeFileSync(join(hostile, 'sparse.yaml'), Buffer.alloc(40 * 1024 * 1024));
  const { code, out, err } = await first.run(['import', hostile], ['--import', maxRss]);
  expect(code).toBe(1);
  expect(out).toMatch(/40 MiB: at most 16 MiB/);
  const kibibytes = Number(/maxRSS (\d+)/.exec(err)?.[1]);
  expect(kibibytes).toBeGreaterThan(10_000);
  expect(kibibytes).toBeLessThan(1024 * 1024);
});

it('what is wrong with the words, the token or the address is one line, and nothing else happens', async () => {
  const { errorLines: none, code } = await first.run(['import']);
  expect([code, none]).toEqual([2, [expect.stringMatching(/file or folder/)]]);
  const missing = await first.run(['import', join(folder, 'not-there.yaml')]);
  expect([missing.code, missing.out]).toEqual([1, expect.stringMatching(/not-there\.yaml.*is not there/)]);
  expect(readFileSync(join(folder, 'groups.yaml'), 'utf8')).toContain('kind: Group');
});
