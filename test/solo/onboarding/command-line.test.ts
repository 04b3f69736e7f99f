import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tokenPattern } from '../../../lambdas/contract.ts';
import { callerOf } from '../../harness/caller.ts';
import { runCommand } from '../../harness/run-command.ts';
import { type SoloTwin, soloTwin } from '../../harness/solo-twin.ts';
import { newSlug, type Registration, statusOf, storedPrincipals } from './operators.ts';

let data: string;
let twin: SoloTwin;
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'onboarding-'));
  twin = await soloTwin({ data });
});
afterEach(() => twin.control.clearFaults());
afterAll(async () => {
  await twin.end();
  rmSync(data, { recursive: true, force: true });
});

const tenants = (...words: readonly string[]) => runCommand('ringfence.js', ['tenants', ...words, '--data', data]);
const create = (slug: string, ...words: readonly string[]) =>
  tenants('create', slug, '--name', `Tenant ${slug}`, '--owner-email', `owner@${slug}.example`, ...words);
const tokenIn = (text: string): string => text.match(tokenPattern)?.[0] ?? '';
const stepsIn = (text: string): readonly string[] => [...text.matchAll(/✓ (\S+)/g)].map(([, step]) => step ?? '');

it('create prints each step made and a token that works, once; a repeat prints none and changes nothing', async () => {
  const slug = newSlug();
  const first = await create(slug);
  expect([first.code, first.err]).toEqual([0, '']);
  expect(stepsIn(first.out)).toEqual(['reserved', 'keyed', 'provisioned', 'token-issued', 'handed-over']);
  const token = tokenIn(first.out);
  expect(await statusOf(twin, token)).toBe(200);
  const repeated = await create(slug);
  expect([repeated.code, repeated.err, tokenIn(repeated.out)]).toEqual([0, '', '']);
  expect(repeated.out).toContain('nothing changed');
  expect(await statusOf(twin, token)).toBe(200);
});

it('a hand-over that got lost: said in one line, not shown as made; the repeat’s token replaces the printed one', async () => {
  const slug = newSlug();
  // The registration is written five times before it is handed over.
  await twin.control.fault({ service: 'dynamodb', operation: 'PutItem', kind: 'delay', ms: 0, times: 5 });
  await twin.control.fault({ service: 'dynamodb', operation: 'PutItem', kind: 'fail', times: 1000 });
  const struck = await create(slug);
  await twin.control.clearFaults();
  expect([struck.code, struck.errorLines]).toEqual([1, [expect.stringContaining('repeat the command')]]);
  expect(stepsIn(struck.out)).not.toContain('handed-over');
  const printed = tokenIn(struck.out);
  expect(await statusOf(twin, printed)).toBe(200);
  await twin.control.forgetAuthorizations();
  const repeated = await create(slug);
  expect(repeated.code).toBe(0);
  expect(await statusOf(twin, printed)).toBe(401);
  expect(await statusOf(twin, tokenIn(repeated.out))).toBe(200);
});

it('a slug that is another tenant’s: one line, and nothing changes', async () => {
  const slug = newSlug();
  const token = tokenIn((await create(slug)).out);
  const other = await tenants('create', slug, '--name', 'Another', '--owner-email', `owner@${slug}.example`);
  expect([other.code, other.out, other.errorLines]).toEqual([
    1,
    '',
    [expect.stringMatching(/^ringfence: A tenant with this slug exists with other values\. /)],
  ]);
  expect(await statusOf(twin, token)).toBe(200);
});

it('suspend and resume: each once in the audit trail, with reason and the operator that signed; the API follows within the bound', async () => {
  const slug = newSlug();
  const token = tokenIn((await create(slug)).out);
  const owner = callerOf(twin, token);
  expect(await statusOf(twin, token)).toBe(200);
  for (const _ of ['once', 'again']) expect((await tenants('suspend', slug, '--reason', 'Unpaid')).code).toBe(0);
  // Sensitive routes ask the tables at every call; others may be remembered by the gateway until the bound.
  expect((await owner.ask('POST', '/v1/tokens', { body: { name: 'While suspended' } })).json).toMatchObject({
    code: 'tenant-suspended',
  });
  await twin.control.advanceClock(30_000);
  expect((await owner.ask('GET', '/v1/me')).json).toMatchObject({ code: 'tenant-suspended' });
  expect(JSON.parse((await tenants('show', slug, '--json')).out)).toMatchObject({
    state: 'suspended',
    reason: 'Unpaid',
  });
  for (const _ of ['once', 'again']) expect((await tenants('resume', slug, '--reason', 'Paid')).code).toBe(0);
  await twin.control.advanceClock(30_000);
  expect(await statusOf(twin, token)).toBe(200);
  const { tenant } = JSON.parse((await tenants('show', slug, '--json')).out);
  // The trail has the operator's verified identity; the tenant sees that it was an operator.
  const stored = await storedPrincipals(twin, tenant);
  expect(new Set(stored)).toContain('arn:aws:sts::000000000000:assumed-role/LocalAdministrator/local');
  expect((await owner.auditOf(tenant)).map(({ action, principal, details }) => [action, principal, details])).toEqual([
    ['tenant.resumed', 'operator', { reason: 'Paid' }],
    ['tenant.suspended', 'operator', { reason: 'Unpaid' }],
    ['tenant.created', 'operator', { name: `Tenant ${slug}`, slug }],
    ['data-key.created', 'operator', { version: 1 }],
  ]);
});

it('reissue gives a tenant a new owner’s token in the place of its first, and the audit says why', async () => {
  const slug = newSlug();
  const lost = tokenIn((await create(slug)).out);
  const reissued = await tenants('reissue', slug, '--reason', 'Lost');
  expect([reissued.code, reissued.err]).toEqual([0, '']);
  const token = tokenIn(reissued.out);
  await twin.control.advanceClock(30_000);
  expect([await statusOf(twin, token), await statusOf(twin, lost)]).toEqual([200, 401]);
  const [latest] = await callerOf(twin, token).audited('token.issued');
  expect(latest).toMatchObject({ principal: 'operator', details: { reason: 'Lost' } });
  expect(tokenIn((await create(slug)).out)).toBe('');
});

it('--json of every command parses, and holds a token only where one is new', async () => {
  const slug = newSlug();
  const created = JSON.parse((await create(slug, '--json')).out);
  expect(created).toMatchObject({ slug, token: expect.stringMatching(tokenPattern) });
  const others = [
    await create(slug, '--json'),
    await tenants('list', '--json'),
    await tenants('show', slug, '--json'),
    await tenants('suspend', slug, '--reason', 'Test', '--json'),
    await tenants('resume', slug, '--reason', 'Test', '--json'),
  ];
  for (const { code, out, err } of others) {
    expect([code, err, tokenIn(out)]).toEqual([0, '', '']);
    expect([JSON.parse(out)].flat().map((item: Registration) => item.slug)).toContain(slug);
  }
});

it('people read the same: list and show', async () => {
  const slug = newSlug();
  await create(slug);
  expect((await tenants('list')).out).toMatch(new RegExp(`^${slug} +ten_\\w+ +active +handed-over`, 'm'));
  expect((await tenants('show', slug)).out).toMatch(/^created +.+Z by arn:aws:sts::000000000000:assumed-role\//m);
});

it('no token is in any log', async () => {
  const token = tokenIn((await create(newSlug())).out);
  await statusOf(twin, token);
  const { entries } = await twin.control.logs();
  expect(entries.length).toBeGreaterThan(0);
  expect(entries.filter(({ message }) => tokenPattern.test(message))).toEqual([]);
});
