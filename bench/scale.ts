import { marshall } from '@aws-sdk/util-dynamodb';
import { median, progress, type Row } from './row.ts';
import type { System } from './system.ts';

const budget = 1.2;
const reads = 400;
const batch = 25;

/** Fills tenants beside the measured one, past the API: only their number matters here. */
const fill = async (system: System, tenants: number, itemsEach: number, offset: number): Promise<void> => {
  const writes: object[] = [];
  const flush = async (): Promise<void> => {
    if (writes.length === 0) return;
    await system.twin.endpoint.engine('BatchWriteItem', {
      RequestItems: { 'ringfence-local-records': writes.splice(0) },
    });
  };
  for (let tenant = 0; tenant < tenants; tenant += 1) {
    const pk = `ten_${String(offset + tenant).padStart(12, '0')}#services`;
    for (let at = 0; at < itemsEach; at += 1) {
      const id = `svc_${String(at).padStart(16, '0')}`;
      writes.push({
        PutRequest: {
          Item: marshall({
            pk,
            sk: id,
            schema: 1,
            id,
            name: `Service ${at}`,
            tier: 1,
            lifecycle: 'production',
            tierKey: `1#${id}`,
            lifecycleKey: `production#${id}`,
            version: 1,
          }),
        },
      });
      if (writes.length === batch) await flush();
    }
    if (tenant % 100 === 99) progress(`  ${offset + tenant + 1} tenants …`);
  }
  await flush();
};

interface Measured {
  readonly ms: number;
  readonly units: number;
}

const measure = async (system: System, token: string, path: string): Promise<Measured> => {
  const times: number[] = [];
  const { next } = system.twin.callJournal.since(Number.MAX_SAFE_INTEGER);
  for (let at = 0; at < reads; at += 1) {
    const started = process.hrtime.bigint();
    const { status } = await system.call(token, 'GET', path);
    if (status !== 200) throw new Error(`GET ${path} answered ${status}.`);
    times.push(Number(process.hrtime.bigint() - started) / 1e6);
  }
  const calls = system.twin.callJournal.since(next).entries.filter(({ principal }) => /-tenant\//.test(principal));
  return { ms: median(times), units: calls.reduce((sum, { units = 0 }) => sum + units, 0) / reads };
};

/** The same reads of one tenant with 10 tenants and 10³ items beside it, then with 1,000 and 10⁶. */
export const scale = async (system: System, token: string): Promise<Row[]> => {
  const made = await system.call(token, 'POST', '/v1/services', { body: { name: 'Scale', aliases: ['scale'] } });
  const paths = [`/v1/services/${(made.json as { id: string }).id}`, '/v1/services?limit=25'];
  progress('reads beside 10 tenants and 1,000 items …');
  await fill(system, 10, 100, 0);
  const few = new Map<string, Measured>();
  for (const path of paths) {
    await measure(system, token, path);
    few.set(path, await measure(system, token, path));
  }
  progress('filling 1,000 tenants with 1,000,000 items; this takes some minutes …');
  await fill(system, 1000, 1000, 1000);
  const rows: Row[] = [];
  for (const path of paths) {
    await measure(system, token, path);
    const many = await measure(system, token, path);
    const before = few.get(path) ?? many;
    const what = path.includes('?') ? 'list' : 'read by id';
    rows.push({
      what: `latency of ${what}, 10⁶ items to 10³`,
      budget: `≤ ${budget} ×`,
      measured: `${(many.ms / before.ms).toFixed(2)} ×`,
      share: many.ms / before.ms / budget,
    });
    rows.push({
      what: `capacity of ${what}, 10⁶ items to 10³`,
      budget: `≤ ${budget} ×`,
      measured: `${(many.units / before.units).toFixed(2)} ×`,
      share: many.units / before.units / budget,
    });
  }
  return rows;
};
