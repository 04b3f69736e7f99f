import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tokenPattern } from '../../../lambdas/contract.ts';
import { erasedCollections } from '../../../lambdas/kernel/tables.ts';
import { callerOf } from '../../harness/caller.ts';
import { everything, type Stored } from '../../harness/data-folder-engine.ts';
import { type SoloTwin, soloTwin } from '../../harness/solo-twin.ts';
import type { FreshTenant } from '../../harness/tenant.ts';
import { creationOf } from '../onboarding/operators.ts';
import { fullTenant } from './full-tenant.ts';
import { type Answer, ask, manifest, readyToErase } from './operators.ts';

let data: string;
let twin: SoloTwin;
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'offboarding-'));
  twin = await soloTwin({ data });
});
afterEach(() => twin.control.clearFaults());
afterAll(async () => {
  await twin.end();
  rmSync(data, { recursive: true, force: true });
});

/** The engine gives attributes in no order of its own. */
const inOneOrder = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort())
      : each,
  );

/** What the engine holds, read while no twin runs. */
const dump = async () => {
  await twin.end();
  const found = await everything(data);
  twin = await soloTwin({ data });
  return [...found].flatMap(([table, items]) => items.map((item) => ({ table, item, text: inOneOrder(item) })));
};
type Dump = Awaited<ReturnType<typeof dump>>;

const partitionOf = (item: Stored): string => String(item.pk?.S);
const about = (all: Dump, tenant: FreshTenant): Dump =>
  all.filter(({ text }) => text.includes(tenant.id) || text.includes(tenant.slug));
const countsOf = (all: Dump, tenant: FreshTenant) =>
  Object.fromEntries(
    erasedCollections.map((name) => [
      name,
      all.filter(({ item }) => partitionOf(item) === `${tenant.id}#${name}`).length,
    ]),
  );

/** The nth call and all after it fail, or are done and never answered: the function ends there, as if it were killed. */
const killAt = async (nth: number): Promise<void> => {
  if (nth > 1) await twin.control.fault({ service: 'dynamodb', kind: 'delay', ms: 0, times: nth - 1 });
  await twin.control.fault({ service: 'dynamodb', kind: nth % 2 ? 'fail' : 'lose-response', times: 1000 });
};

/** Who went, and what the engine held of them before where it matters. */
const gone: FreshTenant[] = [];
let neighbour: FreshTenant;
let before: Dump;

it('killed at every turn and repeated, the deletion comes to one end, and counts each item once', async () => {
  const leaving = await fullTenant(twin);
  neighbour = await fullTenant(twin);
  gone.push(leaving);
  before = await dump();
  const counts = countsOf(before, leaving);
  expect(Object.entries(counts).filter(([, count]) => count === 0)).toEqual([]);

  const erase = await readyToErase(twin, leaving.slug);
  let last: Answer | undefined;
  for (let nth = 4; !last?.receipt; nth += 5) {
    expect(nth).toBeLessThan(150);
    await killAt(nth);
    last = await ask(twin, erase);
    await twin.control.clearFaults();
  }
  const { receipt } = last;
  expect(receipt.deleted).toEqual(counts);
  expect((await ask(twin, erase)).receipt).toEqual(receipt);
  expect(receipt).toMatchObject({ slug: leaving.slug, tenant: leaving.id, reason: 'Contract ended', manifest });
});

it('the deletion waits until no call of the tenant can write any more, and until what is exported is all there was', async () => {
  const tenant = await fullTenant(twin);
  gone.push(tenant);
  const caller = callerOf(twin, tenant.token);
  const write = () => caller.ask('POST', '/v1/services', { body: { name: 'Late', tags: ['late'] } });
  expect((await write()).status).toBe(201);
  const begun = await ask(twin, { command: 'offboard', slug: tenant.slug, reason: 'Contract ended' });
  expect(begun.waitSeconds).toBeGreaterThan(300);
  // The gateway remembers who this is: that is what the deletion must wait for.
  expect((await write()).status).toBe(201);
  const early = await ask(twin, { command: 'export', slug: tenant.slug });
  const erase = { command: 'erase', slug: tenant.slug, export: early.export, manifest };
  expect(await ask(twin, erase)).toMatchObject({
    status: 409,
    code: 'deletion-too-early',
    errors: [{ field: 'slug', expected: expect.stringMatching(/^to be quiet for \d+ s more$/) }],
  });
  await twin.control.advanceClock(Number(begun.waitSeconds) * 1000);
  expect((await write()).json).toMatchObject({ code: 'tenant-suspended' });
  expect((await ask(twin, erase)).errors).toEqual([
    { field: 'slug', expected: 'to be exported again, now that nothing can change' },
  ]);
  const { export: key } = await ask(twin, { command: 'export', slug: tenant.slug });
  // Somebody goes on calling all the while.
  let isOver = false;
  const calling = (async () => {
    const seen = new Set<number>();
    while (!isOver) {
      await twin.control.forgetAuthorizations();
      seen.add((await write()).status);
    }
    return seen;
  })();
  expect((await ask(twin, { ...erase, export: key })).receipt).toBeDefined();
  isOver = true;
  expect([...(await calling)].filter((status) => status !== 401 && status !== 403)).toEqual([]);
});

it('a token of an offboarded tenant is answered as one that nobody ever had', async () => {
  const tenant = await twin.tenant();
  const unknown = await twin.tenant();
  expect((await ask(twin, await readyToErase(twin, tenant.slug))).receipt).toBeDefined();
  const stranger = tenant.token.replace(tenant.id.slice(4), unknown.id.slice(4));
  expect(stranger).toMatch(tokenPattern);
  const [gone, never] = [
    await callerOf(twin, tenant.token).ask('GET', '/v1/me'),
    await callerOf(twin, stranger).ask('GET', '/v1/me'),
  ];
  expect([gone.status, gone.text]).toEqual([401, never.text]);
});

it('until its deletion begins an offboarding can be taken back; from then on nothing gives the slug life', async () => {
  const tenant = await fullTenant(twin);
  const { slug } = tenant;
  const erase = await readyToErase(twin, slug);
  // Nothing new for a tenant that goes.
  for (const command of [creationOf(slug), { command: 'reissue', slug, reason: 'Lost' }])
    expect(await ask(twin, command)).toMatchObject({ status: 409, code: 'tenant-offboarded' });
  expect((await ask(twin, { command: 'resume', slug, reason: 'Stays' })).status).toBe(200);
  await twin.control.forgetAuthorizations();
  expect((await callerOf(twin, tenant.token).ask('GET', '/v1/services/ledger')).status).toBe(200);
  expect(await ask(twin, erase)).toMatchObject({ status: 409, code: 'deletion-too-early' });

  const again = await readyToErase(twin, slug);
  // Killed when it has hardly begun.
  await killAt(9);
  expect((await ask(twin, again)).status).toBe(503);
  await twin.control.clearFaults();
  for (const command of ['resume', 'suspend', 'reissue'])
    expect(await ask(twin, { command, slug, reason: 'Too late' })).toMatchObject({ code: 'tenant-offboarded' });
  expect((await ask(twin, again)).receipt).toBeDefined();
  for (const command of [creationOf(slug), { command: 'export', slug }, { command: 'migrate', slug }])
    expect(await ask(twin, command)).toMatchObject({ status: 409, code: 'tenant-offboarded' });
  expect((await ask(twin, { command: 'show', slug })).receipt?.state).toBe('offboarded');
});

it('a tenant whose onboarding never ended can be offboarded too', async () => {
  const slug = `half${Date.now()}`;
  await twin.control.fault({ service: 'kms', kind: 'fail', times: 1000 });
  expect((await ask(twin, creationOf(slug))).status).toBe(503);
  await twin.control.clearFaults();
  expect((await ask(twin, await readyToErase(twin, slug))).receipt?.deleted).toEqual({});
});

it('by every table of the engine, nothing is left of who went but the receipt and audit events; a neighbour is the same to the byte', async () => {
  const after = await dump();
  for (const tenant of gone) {
    const [events, left] = [true, false].map((isAudit) =>
      about(after, tenant).filter(({ table }) => (table === 'audit') === isAudit),
    ) as [Dump, Dump];
    expect(left.map(({ table, item }) => [table, partitionOf(item), item.state?.S])).toEqual([
      ['operations', 'platform#tenants', 'offboarded'],
    ]);
    expect(left[0]?.text).not.toContain('@');
    const isOwn = ({ item }: Dump[number]) => partitionOf(item).startsWith(`${tenant.id}#audit#`);
    expect(events.filter((event) => !isOwn(event))).toEqual([]);
    for (const action of ['tenant.offboarding', 'tenant.erasing', 'tenant.offboarded'])
      expect([action, events.filter(({ item }) => item.action?.S === action).length]).toEqual([action, 1]);
    const lastExpiry = Math.max(...events.map(({ item }) => Number(item.expiresAt?.N) * 1000));
    const [until = ''] = left.map(({ item }) => String(item.auditKeptUntil?.S));
    expect(Math.abs(lastExpiry - Date.parse(until))).toBeLessThan(1000);
  }
  const own = (all: Dump) =>
    about(all, neighbour)
      .map(({ table, text }) => `${table} ${text}`)
      .sort();
  expect(own(after)).toEqual(own(before));
});
