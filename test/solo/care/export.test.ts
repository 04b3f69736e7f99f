import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { verifyExport } from '../../../bin/tenant-data/verify-export.ts';
import { callerOf } from '../../harness/caller.ts';
import { runCommand } from '../../harness/run-command.ts';
import { type SoloTwin, soloTwin } from '../../harness/solo-twin.ts';
import type { FreshTenant } from '../../harness/tenant.ts';
import { fullTenant } from './full-tenant.ts';
import { ask } from './operators.ts';

let data: string;
let twin: SoloTwin;
let tenant: FreshTenant;
let folder: string;
let count = 0;
const big = 'x'.repeat(1000);
const annotations = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`note-${n}`, big]));
const bigServices = 40;

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'export-'));
  twin = await soloTwin({ data });
  tenant = await fullTenant(twin);
  const caller = callerOf(twin, tenant.token);
  for (let n = 0; n < bigServices; n += 1)
    await caller.ask('POST', '/v1/services', { body: { name: `Big ${n}`, annotations } });
});
beforeEach(() => {
  count += 1;
  folder = join(data, `to-${count}`);
});
afterEach(() => twin.control.clearFaults());
afterAll(async () => {
  await twin.end();
  rmSync(data, { recursive: true, force: true });
});

const tenants = (...words: readonly string[]) => runCommand('ringfence.js', ['tenants', ...words]);
const exported = (to = folder) => tenants('export', tenant.slug, '--to', to, '--data', data);
const linesOf = (name: string, from = folder): readonly Record<string, unknown>[] =>
  readFileSync(join(from, `${name}.ndjson`), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
const month = async () => new Date(await twin.control.now()).toISOString().slice(0, 7);

it('an export has what the API shows of everything, in files for their owner alone, and no secret', async () => {
  expect(await exported()).toMatchObject({ code: 0 });
  const caller = callerOf(twin, tenant.token);
  const bySameOrder = (things: readonly { id?: unknown }[]) =>
    [...things].sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
  for (const name of ['services', 'teams', 'repositories', 'tokens'] as const)
    expect([name, bySameOrder(linesOf(name))]).toEqual([name, bySameOrder(await caller.all(`/v1/${name}`))]);
  expect(linesOf('services')).toHaveLength(bigServices + 2);
  expect(linesOf('deploys')).toEqual(await caller.all('/v1/services/checkout/deploys'));
  expect(linesOf('users')).toMatchObject([{ id: tenant.owner, email: `owner@${tenant.slug}.example` }]);
  const events = linesOf(`audit-${await month()}`);
  expect([...events].reverse()).toEqual(await caller.all('/v1/audit-events'));
  expect(events.at(-1)).toMatchObject({ action: 'tenant.exported', principal: 'operator' });
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  for (const { name, lines, bytes, sha256 } of manifest.files) {
    const file = readFileSync(join(folder, name));
    expect([file.length, file.toString().split('\n').length - 1]).toEqual([bytes, lines]);
    expect(createHash('sha256').update(file).digest('hex')).toBe(sha256);
  }
  expect(manifest.leftOut.map(({ what }: { what: string }) => what)).toContain('hashes of tokens');
  for (const name of readdirSync(folder)) {
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, name), 'utf8')).not.toMatch(/\$2b\$|rfp_|arn:aws/);
  }
});

it('one that was killed goes on and ends as one that was not; a finished one is verified, and not read again', async () => {
  await twin.control.fault({ service: 'dynamodb', operation: 'Query', kind: 'delay', ms: 400, times: 1000 });
  const root = resolve(import.meta.dirname, '../../..');
  const words = ['tenants', 'export', tenant.slug, '--to', folder, '--data', data];
  const child = spawn(process.execPath, [join(root, 'bin/ringfence.js'), ...words], { stdio: 'ignore' });
  while (!existsSync(join(folder, 'services.ndjson'))) await wait(20);
  child.kill('SIGKILL');
  await new Promise((gone) => child.once('exit', gone));
  await twin.control.clearFaults();
  expect(existsSync(join(folder, 'manifest.json'))).toBe(false);
  writeFileSync(join(folder, 'teams.ndjson.part'), '{"half');
  await expect(verifyExport(folder)).rejects.toThrow('no finished export');

  expect(await exported()).toMatchObject({ code: 0 });
  expect(readdirSync(folder).filter((name) => !/\.ndjson$|^manifest\.json$/.test(name))).toEqual([]);
  expect(await tenants('verify-export', folder)).toMatchObject({ code: 0, err: '' });
  expect(linesOf('services')).toHaveLength(bigServices + 2);
  const next = await twin.control.callsSoFar();
  expect((await exported()).err).toContain('was finished before');
  expect((await twin.control.calls(next)).entries.filter(({ operation }) => operation === 'Query')).toEqual([]);
});

it('a full disk is said in one line, and nothing is left that looks whole; the repeat finishes it', async () => {
  const root = resolve(import.meta.dirname, '../../..');
  // A file may have 200 KB here: the shell's way to a disk that is full in the middle of services.ndjson.
  const command = `trap '' XFSZ; ulimit -f 400; exec "${process.execPath}" "${root}/bin/ringfence.js" tenants export ${tenant.slug} --to "${folder}" --data "${data}"`;
  const child = spawn('/bin/bash', ['-c', command], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  expect(await new Promise((ended) => child.once('close', ended))).toBe(1);
  expect(said.trim().split('\n')).toEqual([expect.stringMatching(/^ringfence: The disk is full .*services\.ndjson/)]);
  expect(readdirSync(folder)).toEqual(['unfinished-export.json']);
  expect(await exported()).toMatchObject({ code: 0 });
});

it('damage is found: a changed line, a missing file, one too many, a manifest that was edited', async () => {
  await exported();
  const verified = async () => (await verifyExport(folder)).problems.join('; ');
  expect(await verified()).toBe('');
  const path = join(folder, 'services.ndjson');
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.replace('Ledger', 'Lodger'));
  expect(await verified()).toContain('services.ndjson');
  writeFileSync(path, text);
  rmSync(join(folder, 'users.ndjson'));
  writeFileSync(join(folder, 'more.ndjson'), '');
  expect(await verified()).toMatch(/users\.ndjson: missing; more\.ndjson: not in the manifest/);
  const manifest = join(folder, 'manifest.json');
  chmodSync(manifest, 0o600);
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(/"lines": 1,/, '"lines": 7,'));
  expect(await verified()).toContain('its list of files');
});

it('nothing is read without the audit event of the operator who reads', async () => {
  const page = { command: 'export-page', slug: tenant.slug, file: 'services' };
  for (const key of ['2026-11-27T10:00:00.000Z#evt_0000000000000000', 'nothing'])
    expect(await ask(twin, { ...page, export: key })).toMatchObject({ status: 400, code: 'invalid-request' });
  // Another operator's: the one of the command line.
  await exported();
  const { export: foreign } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  expect((await ask(twin, { ...page, export: foreign })).status).toBe(400);
  const { export: own } = await ask(twin, { command: 'export', slug: tenant.slug });
  const first = await ask(twin, { ...page, export: own });
  expect([first.status, typeof first.next]).toEqual([200, 'string']);
  await twin.control.advanceClock(86_400_000 + 1000);
  expect((await ask(twin, { ...page, export: own })).status).toBe(400);
});

it.each([
  ['a folder of something else', 'which is of no export'],
  ['another tenant’s export', 'name another folder'],
])('%s is left alone', async (what, said) => {
  if (what.startsWith('another')) await exported();
  else {
    await exported(folder);
    rmSync(join(folder, 'manifest.json'));
    writeFileSync(join(folder, 'letter.txt'), 'Dear');
  }
  const other = await twin.tenant();
  const before = readdirSync(folder);
  const { code, err } = await tenants('export', other.slug, '--to', folder, '--data', data);
  expect([code, err]).toEqual([1, expect.stringContaining(said)]);
  expect(readdirSync(folder)).toEqual(before);
});
