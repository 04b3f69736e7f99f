import { marshall } from '@aws-sdk/util-dynamodb';
import { manyServices } from '../test/harness/many-services.ts';
import { queryShapes } from '../test/harness/query-shapes.ts';
import { median, progress, type Row } from './row.ts';
import { type System, startSystem } from './system.ts';

export const servicesMany = 10_000;
const batch = 25;

/** Fills a tenant's catalog past the API, which would take minutes: as the catalog itself would have written it. */
export const fillCatalog = async (system: System, tenant: string): Promise<void> => {
  progress(`filling a catalog of ${servicesMany.toLocaleString('en')} services …`);
  let writes: object[] = [];
  const flush = async (): Promise<void> => {
    const requests = writes;
    writes = [];
    if (requests.length > 0)
      await system.twin.endpoint.engine('BatchWriteItem', { RequestItems: { 'ringfence-local-records': requests } });
  };
  for (const { collection, key, item } of manyServices(servicesMany)) {
    const Item = marshall({ ...item, pk: `${tenant}#${collection}`, sk: key }, { removeUndefinedValues: true });
    writes.push({ PutRequest: { Item } });
    if (writes.length === batch) await flush();
  }
  await flush();
};

/** What a page of a query shape costs. */
export interface Measured {
  readonly name: string;
  /** The most it may cost, in read units. */
  readonly budget: number;
  /** Of the dearer of the first two pages. */
  readonly units: number;
  /** Services on the first page. */
  readonly items: number;
  readonly scans: number;
  /** Median of the first page, milliseconds. */
  readonly ms: number;
}

interface Page {
  readonly units: number;
  readonly items: number;
  readonly scans: number;
  readonly ms: number;
  readonly next: string | undefined;
}

const read = async (system: System, token: string, query: Readonly<Record<string, string>>): Promise<Page> => {
  const { next: since } = system.twin.callJournal.since(Number.MAX_SAFE_INTEGER);
  const started = process.hrtime.bigint();
  const { status, json, text } = await system.call(token, 'GET', `/v1/services?${new URLSearchParams(query)}`);
  const ms = Number(process.hrtime.bigint() - started) / 1e6;
  if (status !== 200) throw new Error(`GET /v1/services?${new URLSearchParams(query)}: ${status} ${text}`);
  const { items, next } = json as { items: unknown[]; next?: string };
  const calls = system.twin.callJournal.since(since).entries.filter(({ principal }) => /-tenant\//.test(principal));
  return {
    units: calls.reduce((sum, { units = Number.NaN }) => sum + units, 0),
    items: items.length,
    scans: calls.filter(({ operation }) => operation === 'Scan').length,
    ms,
    next,
  };
};

/** Every query shape, its first page so often and its second once. */
export const measureQueries = async (system: System, token: string, times = 1): Promise<readonly Measured[]> => {
  const measured: Measured[] = [];
  for (const { name, query, units: budget } of queryShapes) {
    const pages: Page[] = [];
    for (let at = 0; at < times; at += 1) pages.push(await read(system, token, query));
    const [first] = pages;
    if (!first) throw new Error('A query is measured at least once.');
    const second = first.next ? await read(system, token, { ...query, cursor: first.next }) : first;
    measured.push({
      name,
      budget,
      units: Math.max(first.units, second.units),
      items: first.items,
      scans: first.scans + second.scans,
      ms: median(pages.map(({ ms }) => ms)),
    });
  }
  return measured;
};

/** The dearest shape against its budget. */
export const queryRows = (measured: readonly Measured[]): Row[] => {
  const [worst] = [...measured].sort((a, b) => b.units / b.budget - a.units / a.budget);
  if (!worst) return [];
  return [
    {
      what: `read units of ${measured.length} query shapes at ${servicesMany.toLocaleString('en')} services`,
      budget: 'each its own',
      measured: `worst: ${worst.name}, ${worst.units} of ${worst.budget}`,
      share: worst.units / worst.budget,
    },
  ];
};

/** The table in docs/performance.md. */
export const queryTable = (measured: readonly Measured[]): string =>
  [
    '| Query | Budget | Measured | Services found |',
    '|---|---|---|---|',
    ...measured.map(({ name, budget, units, items }) => `| ${name} | ${budget} | ${units} | ${items} |`),
  ].join('\n');

/** All of it in a system of its own. */
export const measureAlone = async (): Promise<readonly Measured[]> => {
  const system = await startSystem();
  try {
    const { tenant, token } = await system.onboard('queries');
    await fillCatalog(system, tenant);
    return await measureQueries(system, token);
  } finally {
    await system.stop();
  }
};
