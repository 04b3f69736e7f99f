import { marshall } from '@aws-sdk/util-dynamodb';
import { serviceAt } from '../test/harness/many-services.ts';
import { fillCatalog, measureQueries, type Measured as Queried, queryRows } from './queries.ts';
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
            nameKey: `service ${at}#${id}`,
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

/** Whose reads are measured. */
export interface Owner {
  readonly tenant: string;
  readonly token: string;
}

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

const shareOf = (what: string, ratio: number): Row => ({
  what,
  budget: `≤ ${budget} ×`,
  measured: `${ratio.toFixed(2)} ×`,
  share: ratio / budget,
});

const total = (measured: readonly Queried[], of: 'ms' | 'units'): number =>
  measured.reduce((sum, each) => sum + each[of], 0);

/** The same reads of one tenant of 10,000 services, beside 10 tenants and 10³ items, then beside 1,000 and 10⁶. */
export const scale = async (system: System, { tenant, token }: Owner): Promise<Row[]> => {
  await fillCatalog(system, tenant);
  const path = `/v1/services/${serviceAt(1)}`;
  const look = async () => {
    await measure(system, token, path);
    return { read: await measure(system, token, path), queries: await measureQueries(system, token, 9) };
  };
  progress('reads beside 10 tenants and 1,000 items …');
  await fill(system, 10, 100, 0);
  await look();
  const few = await look();
  progress('filling 1,000 tenants with 1,000,000 items; this takes some minutes …');
  await fill(system, 1000, 1000, 1000);
  const many = await look();
  const beside = '10⁶ items to 10³';
  const shapes = `${few.queries.length} query shapes`;
  return [
    ...queryRows(many.queries),
    shareOf(`latency of a read by id, ${beside}`, many.read.ms / few.read.ms),
    shareOf(`capacity of a read by id, ${beside}`, many.read.units / few.read.units),
    shareOf(`latency of ${shapes}, ${beside}`, total(many.queries, 'ms') / total(few.queries, 'ms')),
    shareOf(`capacity of ${shapes}, ${beside}`, total(many.queries, 'units') / total(few.queries, 'units')),
  ];
};
