import { setTimeout as wait } from 'node:timers/promises';
import { type Caller, callerOf } from '../../harness/caller.ts';
import { type TestTwin, workerTwin } from '../../harness/twin.ts';

interface Outcome {
  readonly outcome: string;
  readonly id?: string;
  readonly version?: number;
  readonly problem?: { readonly code: string; readonly status: number; readonly errors?: readonly object[] };
}
interface Thing {
  readonly id: string;
  readonly name: string;
}

let twin: TestTwin;
let caller: Caller;
beforeEach(async () => {
  twin = await workerTwin();
  caller = callerOf(twin, (await twin.tenant()).token);
});
afterEach(() => twin.control.clearFaults());

const upsert = async (
  kind: string,
  items: readonly unknown[],
  headers: readonly (readonly [string, string])[] = [],
): Promise<readonly Outcome[]> => {
  const { status, json, text } = await caller.ask('POST', `/v1/bulk/${kind}`, { body: { items }, headers });
  if (status !== 200) throw new Error(`${status} ${text}`);
  return (json as { items: readonly Outcome[] }).items;
};
const outcomes = (of: readonly Outcome[]): readonly string[] =>
  of.map(({ outcome, problem }) => (problem ? `${outcome}: ${problem.code}` : outcome));

const kinds = [
  ['services', 'service', (n: number, more: object = {}) => ({ name: `S ${n}`, aliases: [`s-${n}`], ...more })],
  ['teams', 'team', (n: number, more: object = {}) => ({ name: `T ${n}`, aliases: [`t-${n}`], ...more })],
  [
    'repositories',
    'repository',
    (n: number, more: object = {}) => ({ name: `R ${n}`, url: `https://git.example/${n}`, ...more }),
  ],
] as const;

describe.each(kinds)('a bulk change of %s', (kind, word, element) => {
  it('creates what is not there, replaces what differs, leaves what is so, and says which in order', async () => {
    expect(outcomes(await upsert(kind, [element(1), element(2)]))).toEqual(['created', 'created']);
    const items = [element(3), element(2), element(1, { description: 'New' })];
    const answered = await upsert(kind, items);
    expect(outcomes(answered)).toEqual(['created', 'unchanged', 'replaced']);
    expect(answered.map(({ version }) => version)).toEqual([1, 1, 2]);
    for (const [at, { id, version }] of answered.entries()) {
      const { json } = await caller.ask('GET', `/v1/${kind}/${id}`);
      expect(json).toMatchObject({ ...items[at], id, version });
    }
    expect(await caller.all(`/v1/${kind}`)).toHaveLength(3);
  });

  it('leaves an audit event for each element that it carried out, and none for those it left or refused', async () => {
    await upsert(kind, [element(1)]);
    const answered = await upsert(kind, [element(1), element(2), { name: '' }, element(1, { description: 'New' })]);
    expect(outcomes(answered)).toEqual(['unchanged', 'created', 'refused: invalid-request', 'replaced']);
    const told = (await caller.audited(`${word}.upserted`)).map(({ subject, details }) => [subject, details]);
    expect(told).toEqual([
      [answered[3]?.id, { outcome: 'replaced', changed: ['description'] }],
      [answered[1]?.id, { outcome: 'created' }],
      [answered[0]?.id, { outcome: 'created' }],
    ]);
  });

  it('refuses an element alone, naming its fields, and carries out the rest', async () => {
    const owned = kind === 'teams' ? { parent: `team_${'0'.repeat(16)}` } : { owner: `team_${'0'.repeat(16)}` };
    const answered = await upsert(kind, [
      element(1),
      'nothing',
      element(2, { name: '', colour: 'red' }),
      element(3, owned),
      element(4, { version: 1 }),
      element(5),
    ]);
    expect(outcomes(answered)).toEqual([
      'created',
      'refused: invalid-request',
      'refused: invalid-request',
      `refused: ${kind === 'teams' ? 'parent-not-found' : 'owner-not-found'}`,
      'refused: version-mismatch',
      'created',
    ]);
    expect(answered[1]?.problem?.errors).toEqual([{ field: 'body.items.1', expected: 'an object' }]);
    expect(answered[2]?.problem?.errors).toEqual([
      { field: 'body.items.2.name', expected: expect.any(String) },
      { field: 'body.items.2.colour', expected: 'no such property' },
    ]);
    expect((await caller.all<Thing>(`/v1/${kind}`)).map(({ name }) => name.slice(2)).sort()).toEqual(['1', '5']);
  });

  it('takes elements about the same thing in their order', async () => {
    const answered = await upsert(kind, [
      element(1),
      element(1, { description: 'b' }),
      element(1, { description: 'b' }),
    ]);
    expect(outcomes(answered)).toEqual(['created', 'replaced', 'unchanged']);
    expect(new Set(answered.map(({ id }) => id)).size).toBe(1);
  });

  it('replaces only the version that is asked for', async () => {
    await upsert(kind, [element(1), element(2)]);
    await upsert(kind, [element(1, { description: 'a' })]);
    const answered = await upsert(kind, [
      element(1, { description: 'b', version: 1 }),
      element(2, { description: 'b', version: 1 }),
    ]);
    expect(outcomes(answered)).toEqual(['refused: version-mismatch', 'replaced']);
  });

  it('by another tenant’s name makes one’s own, and leaves theirs alone', async () => {
    const [theirs] = await upsert(kind, [element(1)]);
    const other = callerOf(twin, (await twin.tenant()).token);
    const { json } = await other.ask('POST', `/v1/bulk/${kind}`, { body: { items: [element(1, { name: 'Other' })] } });
    const [mine] = (json as { items: readonly Outcome[] }).items;
    expect(mine?.outcome).toBe('created');
    expect(mine?.id).not.toBe(theirs?.id);
    expect(await caller.all<Thing>(`/v1/${kind}`)).toEqual([expect.objectContaining({ id: theirs?.id, version: 1 })]);
  });

  it('of a hundred elements answers each, and done again changes nothing', async () => {
    const items = Array.from({ length: 100 }, (_, n) => element(n));
    expect(new Set(outcomes(await upsert(kind, items)))).toEqual(new Set(['created']));
    const before = await caller.all(`/v1/${kind}`);
    const events = (await caller.audited(`${word}.upserted`)).length;
    expect(events).toBe(100);
    expect(new Set(outcomes(await upsert(kind, items)))).toEqual(new Set(['unchanged']));
    expect(await caller.all(`/v1/${kind}`)).toEqual(before);
    expect(await caller.audited(`${word}.upserted`)).toHaveLength(events);
  });
});

it('an alias that is another’s is refused where it only stands beside the first', async () => {
  await upsert('services', [{ name: 'Has it', aliases: ['first', 'wanted'] }]);
  const answered = await upsert('services', [{ name: 'Wants it', aliases: ['second', 'wanted'] }]);
  expect(outcomes(answered)).toEqual(['refused: alias-taken']);
  // First, it says which service is meant, by whichever of its aliases that is.
  const [meant] = await upsert('services', [{ name: 'Renamed', aliases: ['wanted'] }]);
  expect(meant?.outcome).toBe('replaced');
  expect((await caller.ask('GET', '/v1/services/first')).status).toBe(404);
});

it('more errors than anybody reads are not told: twenty of an element', async () => {
  const nonsense = Object.fromEntries(Array.from({ length: 2000 }, (_, n) => [`x${n}`, n]));
  const [answered] = await upsert('services', [nonsense]);
  expect(answered?.problem?.errors).toHaveLength(20);
});

describe('under an Idempotency-Key', () => {
  const headers = [['Idempotency-Key', 'bulk']] as const;

  it('what failed in passing is tried again by the same request, and what was done is not', async () => {
    const items = Array.from({ length: 5 }, (_, n) => ({ name: `S ${n}`, aliases: [`s-${n}`] }));
    const onCommit = { service: 'dynamodb', operation: 'TransactWriteItems' } as const;
    // The key is claimed and two elements are carried out before the trouble begins.
    await twin.control.fault({ ...onCommit, kind: 'delay', times: 3, ms: 1 });
    await twin.control.fault({ ...onCommit, kind: 'conflict', times: 1000 });
    const first = await upsert('services', items, headers);
    expect(outcomes(first)).toEqual(['created', 'created', ...Array(3).fill('refused: unavailable')]);
    await twin.control.clearFaults();
    // Whoever comes between is not overwritten by the repetition.
    await caller.ask('PATCH', '/v1/services/s-0', { body: { name: 'Changed since' } });
    const second = await upsert('services', items, headers);
    expect(outcomes(second)).toEqual(Array(5).fill('created'));
    expect(second.slice(0, 2)).toEqual(first.slice(0, 2));
    expect((await caller.ask('GET', '/v1/services/s-0')).json).toMatchObject({ name: 'Changed since', version: 2 });
    expect(await caller.audited('service.upserted')).toHaveLength(5);
    expect(await upsert('services', items, headers)).toEqual(second);
  });

  it('a request that is under way stands for no other', async () => {
    const items = Array.from({ length: 30 }, (_, n) => ({ name: `S ${n}`, aliases: [`s-${n}`] }));
    const answering = upsert('services', items, headers);
    while ((await caller.all('/v1/services')).length === 0) await wait(1);
    const other = await caller.ask('POST', '/v1/bulk/services', { body: { items: items.slice(1) }, headers });
    expect(other.json).toMatchObject({ code: 'idempotency-key-reused', status: 422 });
    expect(outcomes(await answering)).toEqual(Array(30).fill('created'));
  });
});
