import { type Caller, callerOf } from '../../harness/caller.ts';
import { creations, madeIn } from '../../harness/creations.ts';
import { lists } from '../../harness/lists.ts';
import { type TestTwin, workerTwin } from '../../harness/twin.ts';
import { type Element, idsIn, inBatches, type Page, walk } from '../../harness/walk.ts';

const wanted = 60;
const limits = [1, 7, 59, 60, 61, 100];

let twin: TestTwin;

/** Lists of things that a POST on the same path makes. */
const fillable = creations.filter(({ path }) => lists.some((list) => list.path === path));

describe.each(fillable)('walking $path', ({ operation, open, body }) => {
  const made = new Set<string>();
  let caller: Caller;
  let path: string;
  let sent = 0;

  const add = async (): Promise<string> => {
    sent += 1;
    const reply = await caller.ask('POST', path, { body: body(sent) });
    const [id] = madeIn(reply.json);
    if (id === undefined) throw new Error(`${operation}: ${reply.status} ${reply.text}`);
    return id;
  };

  beforeAll(async () => {
    twin = await workerTwin();
    await twin.control.throttle(false);
    const tenant = await twin.tenant();
    caller = callerOf(twin, tenant.token);
    ({ path } = await open(twin.addresses.apiUrl, tenant));
    for (const id of idsIn(await walk(caller, path, {}))) made.add(id);
    await inBatches(wanted - made.size, async () => made.add(await add()));
  });
  afterAll(() => twin.control.throttle(true));

  it.each(limits)('in pages of %i gives each of 60 once, and no page more than asked for', async (limit) => {
    const pages = await walk(caller, path, { limit: String(limit) });
    expect([...idsIn(pages)].sort()).toEqual([...made].sort());
    expect(Math.max(...pages.map(({ items }) => items.length))).toBeLessThanOrEqual(limit);
    expect(pages.length).toBeLessThanOrEqual(Math.ceil(wanted / limit) + 1);
  });

  it('neither skips nor repeats what was there, while others add to it', async () => {
    const added: string[] = [];
    const pages = await walk(caller, path, { limit: '9' }, async () => {
      if (added.length < 12) added.push(await add());
    });
    const seen = idsIn(pages);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.filter((id) => !added.includes(id)).sort()).toEqual([...made].sort());
    for (const id of added) made.add(id);
  });

  it('by the same cursor gives the same page twice', async () => {
    const { next = '' } = (await caller.ask('GET', `${path}?limit=5`)).json as Page<Element>;
    const page = async () => (await caller.ask('GET', `${path}?limit=5&cursor=${encodeURIComponent(next)}`)).json;
    expect(await page()).toEqual(await page());
  });
});
