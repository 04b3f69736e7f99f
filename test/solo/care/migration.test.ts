import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Engine } from '../../../local/aws/dynamodb/engine.ts';
import { atOnce, callerOf } from '../../harness/caller.ts';
import { everything, onEngine } from '../../harness/data-folder-engine.ts';
import { type SoloTwin, soloTwin } from '../../harness/solo-twin.ts';
import { ask } from './operators.ts';

const TableName = 'ringfence-local-records';
const at = '2026-11-01T10:00:00.000Z';
const times = { version: 3, createdAt: at, updatedAt: at };

/** Indexes of the version that wrote schema 1. */
const oldIndexes = ['by-owner', 'by-tier', 'by-lifecycle'];

/** As the version before wrote them, byte for byte what its `toItem` made. */
const oldTeam = (id: string) => ({ schema: 1, id, name: 'Payments', aliases: ['payments'], contacts: [], ...times });
const oldService = (n: number, owner: string, more: object = {}) => {
  const id = `svc_${String(n).padStart(16, '0')}`;
  return {
    schema: 1,
    id,
    name: `Service ${n}`,
    aliases: [`old-${n}`],
    tier: 1,
    lifecycle: 'production',
    owner,
    tags: ['money'],
    links: [],
    ...times,
    ownerKey: `${owner}#${id}`,
    tierKey: `1#${id}`,
    lifecycleKey: `production#${id}`,
    ...more,
  };
};

let data: string;
let twin: SoloTwin;
beforeAll(() => {
  data = mkdtempSync(join(tmpdir(), 'migration-'));
});
beforeEach(async () => {
  twin = await soloTwin({ data });
});
afterEach(() => twin.end());
afterAll(() => rmSync(data, { recursive: true, force: true }));

const makeTableOld = async (engine: Engine): Promise<void> => {
  const { Table } = await engine.call('DescribeTable', { TableName });
  const { GlobalSecondaryIndexes: indexes, AttributeDefinitions } = Table as Record<string, { IndexName: string }[]>;
  for (const { IndexName } of indexes ?? [])
    if (!oldIndexes.includes(IndexName))
      await engine.call('UpdateTable', {
        TableName,
        AttributeDefinitions,
        GlobalSecondaryIndexUpdates: [{ Delete: { IndexName } }],
      });
};

const services = 30;
const team = 'team_0000000000000001';

/** The data folder as the version before leaves it: its table, and a tenant's team and services in its form. */
const makeOld = async (tenant: string): Promise<void> => {
  await twin.end();
  await onEngine(data, async (engine) => {
    await makeTableOld(engine);
    const put = (collection: string, sk: string, item: object) =>
      engine.call('PutItem', { TableName, Item: marshall({ pk: `${tenant}#${collection}`, sk, ...item }) });
    await put('teams', team, oldTeam(team));
    await put('teams', 'alias#payments', { target: team, version: 1 });
    await put('teams', `references#${team}`, { references: services });
    for (let n = 1; n <= services; n += 1) {
      const many = { tags: Array.from({ length: 30 }, (_, tag) => `tag-${tag}`), repository: 'https://code.example/1' };
      const item = oldService(n, team, n === 1 ? many : {});
      await put('services', item.id, item);
      await put('services', `alias#old-${n}`, { target: item.id, version: 1 });
    }
  });
  twin = await soloTwin({ data });
};

/** Every call of the function a page further, to the end. */
const migrated = async (slug: string) => {
  const total: Record<string, number> = {};
  for (let after: unknown, more = true; more; ) {
    const answer = await ask(twin, { command: 'migrate', slug, ...(after ? { after } : {}) });
    if (answer.status !== 200) throw new Error(`migrate: ${JSON.stringify(answer)}`);
    for (const [name, count] of Object.entries(answer.migrated ?? {})) total[name] = (total[name] ?? 0) + count;
    after = answer.next;
    more = after !== undefined;
  }
  return total;
};

/** What no tenant should ever have: pointers and counts of things that are not there, and things without theirs. */
const unsound = async (tenant: string): Promise<readonly string[]> => {
  await twin.end();
  const all = [...(await everything(data)).values()].flat().filter(({ pk }) => pk?.S === `${tenant}#services`);
  twin = await soloTwin({ data });
  const keys = new Set(all.map(({ sk }) => String(sk?.S)));
  const things = all.filter(({ sk }) => String(sk?.S).startsWith('svc_'));
  return [
    ...things.flatMap(({ sk, schema }) => (schema?.N === '2' ? [] : [`${sk?.S} is of schema ${schema?.N}`])),
    ...things.flatMap(({ sk }) => (keys.has(`references#${sk?.S}`) ? [] : [`${sk?.S} has no count`])),
    ...all.flatMap(({ sk, target }) => (target && !keys.has(String(target.S)) ? [`${sk?.S} points nowhere`] : [])),
    ...[...keys].flatMap((key) =>
      key.startsWith('references#') && !keys.has(key.slice('references#'.length)) ? [`${key} counts for nothing`] : [],
    ),
  ];
};

it('data of an earlier version is kept: what was there is read as before, and after migrating is found by every filter', async () => {
  const tenant = await twin.tenant();
  await makeOld(tenant.id);
  const caller = callerOf(twin, tenant.token);
  const read = await caller.ask('GET', '/v1/services/old-1');
  expect(read.json).toMatchObject({ version: 3, links: [{ title: 'Repository', url: 'https://code.example/1' }] });
  expect(read.json).toMatchObject({ annotations: { 'more-tags': expect.stringContaining('tag-29') } });

  // What docs/upgrading.md says of the time before.
  const found = async (query: string) => (await caller.all(`/v1/services${query}`)).length;
  for (const query of [`?owner=${team}`, '?tier=1', '?lifecycle=production'])
    expect([query, await found(query)]).toEqual([query, services]);
  for (const query of ['', '?sort=-updatedAt', '?type=service', '?tag=money'])
    expect([query, await found(query)]).toEqual([query, 0]);
  const [{ id: old } = { id: '' }] = await caller.all<{ id: string }>('/v1/services?tier=1');
  const depending = await caller.ask('POST', '/v1/services', { body: { name: 'New', dependencies: [old] } });
  expect(depending.json).toMatchObject({ code: 'dependency-not-found' });

  expect(await migrated(tenant.slug)).toEqual({ teams: 1, services });
  expect(await migrated(tenant.slug)).toEqual({});
  expect((await caller.ask('GET', '/v1/services/old-1')).json).toEqual(read.json);
  for (const [query, count] of [
    ['', services],
    [`?owner=${team}`, services],
    ['?tag=money', services - 1],
    ['?tag=tag-19', 1],
    ['?type=service', services],
    ['?sort=-updatedAt', services],
  ] as const)
    expect([query, (await caller.all(`/v1/services${query}`)).length]).toEqual([query, count]);
  expect((await caller.audited('tenant.migrated')).map(({ details }) => details)).toEqual([{ teams: 1, services }]);
  expect(await unsound(tenant.id)).toEqual([]);
});

it('a migration beside a tenant at work, killed and repeated, leaves nothing half: each change counts, nothing dangles', async () => {
  const tenant = await twin.tenant();
  await makeOld(tenant.id);
  const caller = callerOf(twin, tenant.token);
  const half = services / 2;
  const work = atOnce(half, async (n) => {
    const alias = `old-${n + 1}`;
    if (n % 3 === 0) return (await caller.ask('DELETE', `/v1/services/${alias}`)).status;
    return (await caller.ask('PATCH', `/v1/services/${alias}`, { body: { description: 'Changed', tags: ['new'] } }))
      .status;
  });
  for (const nth of [5, 12, 20]) {
    await twin.control.fault({
      service: 'dynamodb',
      operation: 'TransactWriteItems',
      kind: 'delay',
      ms: 0,
      times: nth,
    });
    await twin.control.fault({ service: 'dynamodb', operation: 'TransactWriteItems', kind: 'lose-response', times: 1 });
    await ask(twin, { command: 'migrate', slug: tenant.slug });
    await twin.control.clearFaults();
  }
  expect((await work).filter((status) => status !== 200 && status !== 204)).toEqual([]);
  await migrated(tenant.slug);
  const left = await caller.all<{ description?: string }>('/v1/services');
  expect(left).toHaveLength(services - half / 3);
  expect(left.filter(({ description }) => description === 'Changed')).toHaveLength((half * 2) / 3);
  expect(await unsound(tenant.id)).toEqual([]);
});
