import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuditEvent } from '../../../lambdas/kernel/audit-event.ts';
import { atOnce, callerOf } from '../../harness/caller.ts';
import { runCommand } from '../../harness/run-command.ts';
import { eventsFromHere, securityEvents } from '../../harness/security-events.ts';
import { type SoloTwin, soloTwin } from '../../harness/solo-twin.ts';
import { type FreshTenant, operate } from '../../harness/tenant.ts';
import { attempt, statusOf, storedPrincipals } from './operators.ts';

let data: string;
let twin: SoloTwin;
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'revoke-token-'));
  twin = await soloTwin({ data });
});
afterEach(() => twin.control.clearFaults());
afterAll(async () => {
  await twin.end();
  rmSync(data, { recursive: true, force: true });
});

interface Told {
  readonly status: number;
  readonly code?: string;
  readonly wasRevoked?: boolean;
  readonly ownerLeft?: boolean;
}
const commandOf = ({ slug }: FreshTenant, tokenId: string) => ({
  command: 'revoke-token',
  slug,
  tokenId,
  reason: 'In wrong hands',
});
/** Without the command line's own repetitions. */
const revoke = async (tenant: FreshTenant, tokenId: string): Promise<Told> =>
  (await attempt(twin, commandOf(tenant, tokenId))) as unknown as Told;
const typed = (...words: readonly string[]) =>
  runCommand('ringfence.js', ['tenants', 'revoke-token', ...words, '--reason', 'In wrong hands', '--data', data]);

const idOf = async (token: string): Promise<string> =>
  ((await callerOf(twin, token).ask('GET', '/v1/me')).json as { token: string }).token;
const revocations = async ({ token }: FreshTenant): Promise<readonly AuditEvent[]> =>
  callerOf(twin, token).audited('token.revoked');
/** All that a revocation could change of a tenant. */
const stateOf = async ({ token }: FreshTenant) => ({
  tokens: await callerOf(twin, token).all('/v1/tokens'),
  audit: await callerOf(twin, token).all('/v1/audit-events'),
});

it('revokes the one token it names and no other, and leaves one audit event with reason and operator; a repeat changes nothing', async () => {
  const tenant = await twin.tenant();
  const stolen = await tenant.issue({ role: 'admin' });
  const other = await tenant.issue({ role: 'admin' });
  const first = await typed(tenant.slug, stolen.id);
  expect([first.code, first.err]).toEqual([0, '']);
  expect(first.out).toBe(
    `${stolen.id} of ${tenant.slug} is revoked: "test", admin. Sensitive routes refuse it now; answers that the gateway remembers last until the revoke-to-deny bound (30 s by default).\n`,
  );
  const before = await stateOf(tenant);
  const again = await typed(tenant.slug, stolen.id);
  expect([again.code, again.err]).toEqual([0, '']);
  expect(again.out).toMatch(
    new RegExp(`^${stolen.id} of ${tenant.slug} was revoked before, at .+Z: nothing changed.\n$`),
  );
  expect(await stateOf(tenant)).toEqual(before);
  expect([await statusOf(twin, stolen.token), await statusOf(twin, other.token)]).toEqual([401, 200]);
  expect(await revocations(tenant)).toEqual([
    expect.objectContaining({
      subject: stolen.id,
      principal: 'operator',
      details: { name: 'test', reason: 'In wrong hands' },
    }),
  ]);
  expect(await storedPrincipals(twin, tenant.id)).toContain(
    'arn:aws:sts::000000000000:assumed-role/LocalAdministrator/local',
  );
});

it('--json says all of it, and neither the secret nor its hash', async () => {
  const tenant = await twin.tenant();
  const stolen = await tenant.issue();
  const { code, out } = await typed(tenant.slug, stolen.id, '--json');
  expect([code, JSON.parse(out)]).toEqual([
    0,
    {
      slug: tenant.slug,
      tenant: tenant.id,
      token: expect.objectContaining({ id: stolen.id, state: 'revoked', version: 2 }),
      wasRevoked: false,
      issuedWithIt: [],
      ownerLeft: true,
    },
  ]);
  expect(JSON.parse(out).token).not.toHaveProperty('hash');
});

it('names the active tokens that were issued with the one it revoked: a thief may hold them', async () => {
  const tenant = await twin.tenant();
  const stolen = await tenant.issue();
  const thief = callerOf(twin, stolen.token);
  const issued = async () =>
    ((await thief.ask('POST', '/v1/tokens', { body: { name: 'Back door' } })).json as { id: string }).id;
  const [dead, alive] = [await issued(), await issued()];
  await thief.ask('DELETE', `/v1/tokens/${dead}`);
  const { out } = await typed(tenant.slug, stolen.id);
  expect(out).toContain(`\nIssued with it and still active: ${alive}. If it was stolen, revoke these too.\n`);
});

it('revokes a token of a suspended tenant: its resumption does not bring the thief back', async () => {
  const tenant = await twin.tenant();
  const stolen = await tenant.issue();
  await operate(twin.addresses, { command: 'suspend', slug: tenant.slug, reason: 'test' });
  expect(await revoke(tenant, stolen.id)).toMatchObject({ status: 200, wasRevoked: false });
  await operate(twin.addresses, { command: 'resume', slug: tenant.slug, reason: 'test' });
  await twin.control.forgetAuthorizations();
  expect([await statusOf(twin, stolen.token), await statusOf(twin, tenant.token)]).toEqual([401, 200]);
});

it('revokes the last owner’s token and says the way back; after it the revoked one is still known for what it is', async () => {
  const tenant = await twin.tenant();
  await tenant.issue({ role: 'admin' });
  await tenant.issue({ scopes: ['tokens:read'] });
  const first = await idOf(tenant.token);
  const { code, out } = await typed(tenant.slug, first);
  expect([code, out]).toEqual([0, expect.stringContaining(`npx ringfence tenants reissue ${tenant.slug} --reason`)]);
  const reissued = await operate<{ token: string }>(twin.addresses, {
    command: 'reissue',
    slug: tenant.slug,
    reason: 'test',
  });
  await twin.control.forgetAuthorizations();
  const since = await eventsFromHere(twin.control);
  expect([await statusOf(twin, reissued.token), await statusOf(twin, tenant.token)]).toEqual([200, 401]);
  expect(await securityEvents(twin.control, since)).toEqual([
    expect.objectContaining({ event: 'authentication-failed', reason: 'revoked', credential: first }),
  ]);
  // The new one is the way in: with another owner's token in place nothing more is to be done.
  expect(await revoke(tenant, first)).toMatchObject({ wasRevoked: true, ownerLeft: true });
});

describe('what is not there', () => {
  it('another tenant’s token is answered as one that never was, and nothing changes in either tenant', async () => {
    const [named, owner] = [await twin.tenant(), await twin.tenant()];
    const { id } = await owner.issue();
    const before = [await stateOf(named), await stateOf(owner)];
    const foreign = await typed(named.slug, id);
    expect(foreign).toEqual(await typed(named.slug, id.replace(/.{16}$/, '0000000000000000')));
    expect([foreign.code, foreign.out, foreign.errorLines]).toEqual([
      1,
      '',
      [expect.stringMatching(/^ringfence: This tenant has no token with this id\. /)],
    ]);
    expect([await stateOf(named), await stateOf(owner)]).toEqual(before);
  });

  it.each([
    ['the name of another item', () => 'first-token', 'token id: expected tok_ and 16 letters or digits.'],
    [
      'the id of something else',
      ({ owner }: FreshTenant) => owner,
      'token id: expected tok_ and 16 letters or digits.',
    ],
    ['a whole token', ({ token }: FreshTenant) => token, 'A word of this command line looks like a token'],
  ])('%s is no token id: wrong usage, in one line that does not repeat it', async (_, wordOf, told) => {
    const tenant = await twin.tenant();
    const word = wordOf(tenant);
    const { code, out, errorLines } = await typed(tenant.slug, word);
    expect([code, out, errorLines.length]).toEqual([2, '', 1]);
    expect(errorLines[0]).toContain(`ringfence: ${told}`);
    expect(errorLines[0]).not.toContain(word);
  });
});

it('operators and the tenant itself who revoke one token at once: it is revoked, and told once', async () => {
  const tenant = await twin.tenant();
  const owner = callerOf(twin, tenant.token);
  for (let round = 0; round < 5; round += 1) {
    const { id } = await tenant.issue();
    const [operators, own] = await Promise.all([
      atOnce(4, () => revoke(tenant, id)),
      atOnce(4, () => owner.ask('DELETE', `/v1/tokens/${id}`)),
    ]);
    expect(operators.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const winners = [
      ...operators.filter(({ wasRevoked }) => wasRevoked === false),
      ...own.filter(({ status }) => status === 204),
    ];
    expect(winners).toHaveLength(1);
    expect((await owner.auditOf(id)).map(({ action }) => action)).toEqual(['token.revoked', 'token.issued']);
  }
});

/** Between an operator's reading and writing, the tenant is quicker. */
it('an operator overtaken in the middle is told that it was revoked before', async () => {
  const tenant = await twin.tenant();
  const owner = callerOf(twin, tenant.token);
  const { id } = await tenant.issue();
  const next = await twin.control.callsSoFar();
  await twin.control.fault({ service: 'dynamodb', operation: 'TransactWriteItems', kind: 'delay', ms: 1500, times: 1 });
  const stopped = revoke(tenant, id);
  const hasRead = async () =>
    (await twin.control.calls(next)).entries.filter(({ operation }) => operation === 'GetItem').length >= 2;
  while (!(await hasRead())) await new Promise((resolve) => setTimeout(resolve, 20));
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect((await owner.ask('DELETE', `/v1/tokens/${id}`)).status).toBe(204);
  expect(await stopped).toMatchObject({ status: 200, wasRevoked: true });
  expect((await owner.auditOf(id)).map(({ action, principal }) => [action, principal])).toEqual([
    ['token.revoked', tenant.owner],
    ['token.issued', tenant.owner],
  ]);
});

it.each([
  ['fail from the nth on: a crash before it', 'fail', 1000],
  ['are done from the nth on and never answered: a crash after it', 'lose-response', 1000],
  ['lose the nth answer, once', 'lose-response', 1],
] as const)('a revocation whose calls to the tables %s; repeated it is done, and told once', async (_, kind, times) => {
  const tenant = await twin.tenant();
  const next = await twin.control.callsSoFar();
  await revoke(tenant, (await tenant.issue()).id);
  const { entries } = await twin.control.calls(next);
  const count = entries.filter(
    ({ service, principal }) => service === 'dynamodb' && principal.includes('operators'),
  ).length;
  expect(count).toBeGreaterThan(3);
  for (let nth = 1; nth <= count; nth += 1) {
    const { id, token } = await tenant.issue();
    if (nth > 1) await twin.control.fault({ service: 'dynamodb', kind: 'delay', ms: 0, times: nth - 1 });
    await twin.control.fault({ service: 'dynamodb', kind, times });
    const struck = await revoke(tenant, id);
    await twin.control.clearFaults();
    if (times === 1) expect(struck).toMatchObject({ status: 200, wasRevoked: false });
    else expect([503, 504]).toContain(struck.status);
    expect((await revoke(tenant, id)).status).toBe(200);
    expect(await statusOf(twin, token)).toBe(401);
    expect((await callerOf(twin, tenant.token).auditOf(id)).map(({ action }) => action)).toEqual([
      'token.revoked',
      'token.issued',
    ]);
  }
});
