import { atOnce, type Caller, callerOf } from '../../harness/caller.ts';
import { type TestTwin, workerTwin } from '../../harness/twin.ts';

interface Outcome {
  readonly outcome: string;
  readonly id: string;
  readonly version: number;
}
interface Thing {
  readonly id: string;
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly version: number;
}
let twin: TestTwin;
let owner: Caller;
beforeAll(async () => {
  twin = await workerTwin();
});
beforeEach(async () => {
  owner = callerOf(twin, (await twin.tenant()).token);
});

const kinds = [
  { name: 'services', element: (n: number) => ({ aliases: [`s-${n}`] }), audit: 'service.upserted' },
  { name: 'teams', element: (n: number) => ({ aliases: [`s-${n}`] }), audit: 'team.upserted' },
  { name: 'repositories', element: (n: number) => ({ url: `https://git.example/${n}` }), audit: 'repository.upserted' },
] as const;

it.each(kinds)('bulk changes of the same $name at once end in one state, each step of it told once', async (kind) => {
  const count = 12;
  const writers = 4;
  const bodyOf = (writer: number) => ({
    items: Array.from({ length: count }, (_, n) => ({ ...kind.element(n), name: `${writer} says ${n}` })),
  });
  const replies = await atOnce(writers, (writer) =>
    owner.ask('POST', `/v1/bulk/${kind.name}`, { body: bodyOf(writer) }),
  );
  const outcomes = replies.map(({ json }) => (json as { items: readonly Outcome[] }).items);
  const things = await owner.all<Thing>(`/v1/${kind.name}`);
  expect(things).toHaveLength(count);
  for (let n = 0; n < count; n += 1) {
    const steps = outcomes.map((items, writer) => ({ writer, ...items[n] }) as Outcome & { readonly writer: number });
    expect(steps.map(({ outcome }) => outcome).sort()).toEqual(['created', 'replaced', 'replaced', 'replaced']);
    // One after the other: each has a version of its own, and what is there now is the last writer's.
    expect(steps.map(({ version }) => version).sort()).toEqual([1, 2, 3, 4]);
    const [last] = steps.filter(({ version }) => version === writers);
    const thing = things.find(({ id }) => id === last?.id);
    expect(thing).toMatchObject({ name: `${last?.writer} says ${n}`, version: writers });
    const events = await owner.auditOf(last?.id ?? '');
    expect(events.map(({ action, details }) => [action, details?.outcome])).toEqual([
      [kind.audit, 'replaced'],
      [kind.audit, 'replaced'],
      [kind.audit, 'replaced'],
      [kind.audit, 'created'],
    ]);
  }
});

it('of bulk changes that want each a version of its own at once, one is made and the others are told', async () => {
  const element = { name: 'First', aliases: ['wanted'] };
  await owner.ask('POST', '/v1/bulk/services', { body: { items: [element] } });
  const replies = await atOnce(10, (n) =>
    owner.ask('POST', '/v1/bulk/services', { body: { items: [{ ...element, name: `Racer ${n}`, version: 1 }] } }),
  );
  const codes = replies.map(({ json }) => {
    const [item] = (json as { items: readonly { outcome: string; problem?: { code: string } }[] }).items;
    return item?.problem?.code ?? item?.outcome;
  });
  expect(codes.sort()).toEqual(['replaced', ...Array(9).fill('version-mismatch')]);
});
