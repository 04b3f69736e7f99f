import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tokenPattern } from '../../../lambdas/contract.ts';
import { callerOf } from '../../harness/caller.ts';
import { type OwnTwin, ownTwin } from '../../harness/own-twin.ts';
import { type CommandOptions, type Ended, runCommand } from '../../harness/run-command.ts';
import type { FreshTenant } from '../../harness/tenant.ts';
import { runHere } from './run-here.ts';

let twin: OwnTwin;
let tenant: FreshTenant;
let folder: string;
let signedIn: CommandOptions;
let url: string;

/** In a process of its own where something is piped into it. */
const run = (words: readonly string[], { env, input }: CommandOptions = {}): Promise<Ended> => {
  const all = { XDG_CONFIG_HOME: folder, RINGFENCE_DATA: folder, ...env };
  return input === undefined ? runHere(words, all) : runCommand('ringfence.js', words, { env: all, input });
};
const signIn = (token: string, ...words: readonly string[]) =>
  run(['login', '--url', url, ...words], { input: `${token}\n` });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'command-line-'));
  twin = await ownTwin('command-line');
  url = twin.addresses.apiUrl;
  tenant = await twin.tenant();
  signedIn = { env: { RINGFENCE_URL: url, RINGFENCE_TOKEN: tenant.token } };
});
afterAll(async () => {
  await twin.end();
  rmSync(folder, { recursive: true, force: true });
});

const as = (...words: readonly string[]) => run(words, signedIn);
const json = async <T>(...words: readonly string[]): Promise<T> => {
  const { code, out, err } = await as(...words, '--json');
  expect([code, err]).toEqual([0, '']);
  return JSON.parse(out) as T;
};

describe('login', () => {
  it('keeps a token that the API accepted, for its owner alone; me says whose it is; logout forgets it', async () => {
    const { code, out, err } = await signIn(tenant.token);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain(`You are ${tenant.owner} of ${tenant.id}, owner.`);
    expect(out).not.toMatch(tokenPattern);
    expect(statSync(join(folder, 'ringfence/profiles.json')).mode & 0o777).toBe(0o600);
    const me = await run(['me']);
    expect([me.code, me.err]).toEqual([0, '']);
    expect(me.out).toMatch(new RegExp(`^tenant +${tenant.id}\n(.|\n)*^token of +profile "default"$`, 'm'));
    expect((await run(['logout'])).out).toContain('Profile "default" is gone');
    expect(readFileSync(join(folder, 'ringfence/profiles.json'), 'utf8')).not.toMatch(tokenPattern);
    expect(await run(['me'])).toMatchObject({ code: 1, out: '', err: expect.stringContaining('npx ringfence login') });
  });

  it('keeps nothing that is refused: by its checksum here, by the API there, and says which', async () => {
    const mistyped = `${tenant.token.slice(0, -1)}${tenant.token.endsWith('a') ? 'b' : 'a'}`;
    const { id, token } = await tenant.issue();
    await callerOf(twin, tenant.token).ask('DELETE', `/v1/tokens/${id}`);
    const [local, refused, empty] = await Promise.all(
      [mistyped, token, ''].map((each) => signIn(each, '--profile', 'refused')),
    );
    expect(local).toMatchObject({ code: 2, errorLines: [expect.stringContaining('That is not a token')] });
    expect(refused).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining(`${url}/docs/errors/unauthenticated\n`),
    });
    expect(empty).toMatchObject({ code: 2, errorLines: [expect.stringContaining('No token was given')] });
    expect((await run(['me', '--profile', 'refused'])).err).toContain('Nobody is signed in as profile "refused"');
  });
});

it('services from nothing to nothing: create, list, show, update, delete, with aliases in the place of ids', async () => {
  await as('teams', 'create', '--name', 'Payments', '--alias', 'payments', '--contact', 'slack:#payments');
  const ledger = ['services', 'create', '--name', 'Ledger', '--alias', 'ledger', '--owner', 'payments'];
  const made = await json<{ id: string; owner: string }>(...ledger, '--on-call', 'phone:+44 20 7946');
  expect(made).toMatchObject({
    owner: expect.stringMatching(/^team_/),
    onCall: { kind: 'phone', value: '+44 20 7946' },
  });
  const checkout = JSON.stringify({
    name: 'Checkout',
    aliases: ['checkout'],
    links: [{ title: 'Runbook', url: 'https://x.example' }],
  });
  const words = ['services', 'create', '--from', '-', '--tier', '1', '--dependency', 'ledger'];
  expect(await run(words, { ...signedIn, input: checkout })).toMatchObject({ code: 0, err: '' });

  const listed = await as('services', 'list', '--owner', 'payments');
  const shown = await as('services', 'show', 'checkout');
  const needed = await as('services', 'show', 'ledger');
  expect(listed.out).toMatch(new RegExp(`^ID +NAME +.*\n${made.id} +Ledger +ledger +4 .* payments\n$`));
  expect(shown.out).toMatch(new RegExp(`^dependencies +ledger \\(${made.id}\\)$`, 'm'));
  expect(needed.out).toMatch(/^owner +payments \(team_\w+\)\n(.|\n)*^needed by +checkout \(svc_\w+\)$/m);

  expect(await json('services', 'update', 'ledger', '--tier', '2', '--on-call', '')).toMatchObject({
    tier: 2,
    version: 2,
  });
  const late = await as('services', 'update', 'ledger', '--tier', '3', '--if-version', '1');
  expect(late).toMatchObject({
    code: 1,
    errorLines: [
      expect.stringContaining('has changed'),
      expect.anything(),
      expect.stringContaining('/docs/errors/version-mismatch'),
    ],
  });

  const unasked = await as('services', 'delete', 'checkout');
  expect(unasked).toMatchObject({ code: 2, out: '', errorLines: [expect.stringContaining('say --yes')] });
  expect(await as('services', 'delete', 'checkout', '--yes')).toMatchObject({ code: 0, out: 'checkout is deleted.\n' });
  expect((await json<unknown[]>('services', 'list')).length).toBe(1);
});

it('a list is walked page after page, and stops where it is told', async () => {
  const owner = callerOf(twin, (await twin.tenant()).token);
  const other = await twin.tenant();
  const items = Array.from({ length: 100 }, (_, n) => ({ name: `Service ${n}`, aliases: [`s${n}`] }));
  const more = items.map(({ name }, n) => ({ name, aliases: [`more${n}`] }));
  for (const body of [{ items }, { items: more.slice(0, 20) }])
    expect((await callerOf(twin, other.token).ask('POST', '/v1/bulk/services', { body })).status).toBe(200);
  expect((await owner.all('/v1/services')).length).toBe(0);
  const env = { RINGFENCE_URL: url, RINGFENCE_TOKEN: other.token };
  const all = await run(['services', 'list', '--json'], { env });
  const some = await run(['services', 'list', '--limit', '101', '--json'], { env });
  expect([JSON.parse(all.out).length, JSON.parse(some.out).length]).toEqual([120, 101]);
});

describe('a refusal: exit code 1, what and where, what to do, and the address of its page', () => {
  it('names refused fields as options', async () => {
    const { code, out, errorLines } = await as(
      'services',
      'create',
      '--name',
      'X',
      '--alias',
      'A B',
      '--owner',
      'team_x',
    );
    expect([code, out]).toEqual([1, '']);
    expect(errorLines).toEqual([
      'ringfence: The request is not valid.',
      expect.stringMatching(/^ {2}--alias: expected lower-case/),
      expect.stringMatching(/^ {2}--owner: expected team_ and 16/),
      `  ${url}/docs/errors/invalid-request`,
    ]);
  });

  it('of a token that may not, and of an API that is not there', async () => {
    const { token } = await tenant.issue({ role: 'viewer' });
    const viewer = await run(['teams', 'create', '--name', 'X'], {
      env: { RINGFENCE_URL: url, RINGFENCE_TOKEN: token },
    });
    const nowhere = await run(['me'], { env: { RINGFENCE_URL: 'http://127.0.0.1:9', RINGFENCE_TOKEN: tenant.token } });
    expect(viewer).toMatchObject({ code: 1, out: '', err: expect.stringContaining('/docs/errors/permission-denied') });
    expect(nowhere).toMatchObject({
      code: 1,
      errorLines: [expect.stringMatching(/http:\/\/127\.0\.0\.1:9 cannot be reached \(/)],
    });
  });
});

it('what a stranger wrote into a name is shown and not obeyed', async () => {
  const name = 'Gone\u202e\u200bevil';
  await callerOf(twin, tenant.token).ask('POST', '/v1/services', { body: { name, aliases: ['evil'] } });
  const { out } = await as('services', 'show', 'evil');
  expect(out).toContain('Gone\\u202e\\u200bevil');
  expect(await json('services', 'show', 'evil')).toMatchObject({ name });
});

it('tokens: the new one alone on standard output; rotating the one of a profile keeps it signed in', async () => {
  const { id, token } = await tenant.issue({ role: 'admin' });
  await signIn(token, '--profile', 'rotated');
  const issued = await as('tokens', 'issue', '--name', 'ci', '--role', 'viewer', '--scope', 'services:read');
  expect([issued.code, issued.out]).toEqual([0, expect.stringMatching(new RegExp(`^${tokenPattern.source}\n$`))]);
  const rotated = await run(['tokens', 'rotate', id, '--overlap-seconds', '0', '--profile', 'rotated']);
  expect([rotated.code, rotated.err]).toEqual([0, expect.stringContaining('Profile "rotated" has the new token.')]);
  const me = await run(['me', '--json', '--profile', 'rotated']);
  expect([me.code, me.err]).toEqual([0, '']);
  expect(JSON.parse(me.out).token).not.toBe(id);
  const [fresh] = rotated.out.match(tokenPattern) ?? [];
  expect(fresh && readFileSync(join(folder, 'ringfence/profiles.json'), 'utf8')).toContain(fresh);
});

it('audit: events of the tenant as a table, and all of them as lines into a new file that only its owner reads', async () => {
  const file = join(folder, 'events.ndjson');
  const listed = await as('audit', 'list', '--limit', '2');
  const exported = await as('audit', 'export', '--file', file);
  expect(listed.out.split('\n')).toHaveLength(4);
  expect(exported).toMatchObject({ code: 0, out: '' });
  const events = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(events.at(-1)).toMatchObject({ action: expect.stringMatching(/^(tenant|data-key)\.created$/) });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const again = await as('audit', 'export', '--file', file);
  expect(again).toMatchObject({ code: 1, errorLines: [expect.stringContaining('exists: name another file')] });
  expect(readdirSync(folder).filter((name) => name.startsWith('events'))).toEqual(['events.ndjson']);
});
