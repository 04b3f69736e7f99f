import { callerOf } from '../../harness/caller.ts';
import { creations, madeIn } from '../../harness/creations.ts';
import { type SoloTwin, soloTwin } from '../../harness/solo-twin.ts';

let twin: SoloTwin;
beforeAll(async () => {
  twin = await soloTwin();
});
afterAll(() => twin.end());

const hourMs = 3_600_000;

it('an Idempotency-Key is remembered for a day, and then free, also where TTL has deleted nothing yet', async () => {
  const tenant = await twin.tenant();
  const owner = callerOf(twin, tenant.token);
  const opened = () =>
    Promise.all(
      creations.map(async (creation) => ({ ...creation, at: await creation.open(twin.addresses.apiUrl, tenant) })),
    );
  const use = (open: Awaited<ReturnType<typeof opened>>, n: number) =>
    Promise.all(
      open.map(async ({ operation, body, at, answers }) => {
        const reply = await owner.ask('POST', at.path, { body: body(n), headers: [['Idempotency-Key', 'daily']] });
        return {
          operation,
          isDone: reply.status === answers.status,
          isReplayed: reply.headers['idempotency-replayed'] === 'true',
          made: madeIn(reply.json),
        };
      }),
    );
  const isNew = { isDone: true, isReplayed: false, made: [expect.any(String)] };
  const firstDay = await opened();
  const first = await use(firstDay, 1);
  expect(first).toEqual(creations.map(({ operation }) => ({ operation, ...isNew })));
  await twin.control.advanceClock(23 * hourMs);
  expect(await use(firstDay, 1)).toEqual(first.map((answer) => ({ ...answer, isReplayed: true })));
  await twin.control.advanceClock(hourMs + 1000);
  // Another request by then: what the key stood for is forgotten.
  const secondDay = await opened();
  const second = await use(secondDay, 2);
  expect(second).toEqual(creations.map(({ operation }) => ({ operation, ...isNew })));
  const before = first.flatMap(({ made }) => made);
  expect(second.filter(({ made }) => made.some((id) => before.includes(id)))).toEqual([]);
  // The new record counts from its own day.
  expect(await use(secondDay, 2)).toEqual(second.map((answer) => ({ ...answer, isReplayed: true })));
});
