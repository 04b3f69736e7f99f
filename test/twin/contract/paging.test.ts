import { contract } from '../../../lambdas/contract.ts';
import { ask } from '../../harness/http.ts';
import type { FreshTenant } from '../../harness/tenant.ts';
import { type TestTwin, workerTwin } from '../../harness/twin.ts';

interface Element {
  readonly id: string;
}
interface Page {
  readonly items: readonly Element[];
  readonly next?: string;
}

const wanted = 60;
const limits = [1, 7, 59, 60, 61, 100];

let twin: TestTwin;
let tenant: FreshTenant;

const call = async <T>(method: string, path: string, body?: object): Promise<T> => {
  const reply = await ask(twin.addresses.apiUrl, method, path, { token: tenant.token, body });
  if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${reply.text}`);
  return reply.json as T;
};

/** Every page of a list; `between` runs after each. */
const walk = async (
  path: string,
  query: Record<string, string>,
  between = async () => {},
): Promise<readonly Page[]> => {
  const pages: Page[] = [];
  let cursor: string | undefined;
  do {
    const page = await call<Page>('GET', `${path}?${new URLSearchParams({ ...query, ...(cursor && { cursor }) })}`);
    pages.push(page);
    cursor = page.next;
    await between();
  } while (cursor !== undefined);
  return pages;
};
const idsIn = (pages: readonly Page[]): readonly string[] => pages.flatMap(({ items }) => items.map(({ id }) => id));

const inBatches = async (count: number, work: (at: number) => Promise<unknown>): Promise<void> => {
  for (let at = 0; at < count; at += 10)
    await Promise.all(Array.from({ length: Math.min(10, count - at) }, (_, inner) => work(at + inner)));
};

/** Lists of things that a POST on the same path makes. */
const lists = contract.filter(
  ({ method, path }) => method === 'GET' && contract.some((made) => made.method === 'POST' && made.path === path),
);

describe.each(lists.map(({ path }) => [path]))('walking %s', (path) => {
  const made = new Set<string>();

  beforeAll(async () => {
    twin = await workerTwin();
    await twin.control.throttle(false);
    tenant = await twin.tenant();
    for (const id of idsIn(await walk(path, {}))) made.add(id);
    await inBatches(wanted - made.size, async (at) =>
      made.add((await call<Element>('POST', path, { name: `${at}` })).id),
    );
  });
  afterAll(() => twin.control.throttle(true));

  it.each(limits)('in pages of %i gives each of 60 once, and no page more than asked for', async (limit) => {
    const pages = await walk(path, { limit: String(limit) });
    expect([...idsIn(pages)].sort()).toEqual([...made].sort());
    expect(Math.max(...pages.map(({ items }) => items.length))).toBeLessThanOrEqual(limit);
    expect(pages.length).toBeLessThanOrEqual(Math.ceil(wanted / limit) + 1);
  });

  it('neither skips nor repeats what was there, while others add to it', async () => {
    const added: string[] = [];
    const pages = await walk(path, { limit: '9' }, async () => {
      if (added.length < 12) added.push((await call<Element>('POST', path, { name: 'Added' })).id);
    });
    const seen = idsIn(pages);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.filter((id) => !added.includes(id)).sort()).toEqual([...made].sort());
    for (const id of added) made.add(id);
  });

  it('by the same cursor gives the same page twice', async () => {
    const { next = '' } = await call<Page>('GET', `${path}?limit=5`);
    const page = () => call<Page>('GET', `${path}?limit=5&cursor=${next}`);
    expect(await page()).toEqual(await page());
  });
});

describe('walking services by filters', () => {
  const lifecycles = ['experimental', 'production', 'deprecated', 'retired'];
  const services: { id: string; owner?: string; tier: number; lifecycle: string }[] = [];
  const owners: string[] = [];

  beforeAll(async () => {
    twin = await workerTwin();
    await twin.control.throttle(false);
    tenant = await twin.tenant();
    for (const name of ['One', 'Two']) owners.push((await call<Element>('POST', '/v1/teams', { name })).id);
    await inBatches(wanted, async (at) => {
      const owner = owners[at % 3];
      const said = {
        name: `${at}`,
        tier: (at % 4) + 1,
        lifecycle: lifecycles[at % 5] ?? 'production',
        ...(owner && { owner }),
      };
      services.push({ ...said, ...(await call<Element>('POST', '/v1/services', said)) });
    });
  });
  afterAll(() => twin.control.throttle(true));

  const choices = {
    owner: [undefined, 0, 1],
    tier: [undefined, 1, 4],
    lifecycle: [undefined, 'production', 'retired'],
  };
  const combinations = choices.owner.flatMap((owner) =>
    choices.tier.flatMap((tier) => choices.lifecycle.map((lifecycle) => [owner, tier, lifecycle] as const)),
  );

  it.each(combinations)(
    'owner %p, tier %p and lifecycle %p gives each that has them once',
    async (owner, tier, lifecycle) => {
      const filter = {
        ...(owner !== undefined && { owner: owners[owner] ?? '' }),
        ...(tier !== undefined && { tier: String(tier) }),
        ...(lifecycle !== undefined && { lifecycle }),
      };
      const expected = services.filter(
        (service) =>
          (owner === undefined || service.owner === owners[owner]) &&
          (tier === undefined || service.tier === tier) &&
          (lifecycle === undefined || service.lifecycle === lifecycle),
      );
      expect(expected.length).toBeGreaterThan(0);
      const seen = idsIn(await walk('/v1/services', { ...filter, limit: '4' }));
      expect([...seen].sort()).toEqual(expected.map(({ id }) => id).sort());
    },
  );
});
