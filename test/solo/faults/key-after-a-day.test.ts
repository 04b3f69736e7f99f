import { callerOf } from '../../harness/caller.ts';
import { creations } from '../../harness/post-bodies.ts';
import { type SoloTwin, soloTwin } from '../../harness/solo-twin.ts';

let twin: SoloTwin;
beforeAll(async () => {
  twin = await soloTwin();
});
afterAll(() => twin.end());

const hourMs = 3_600_000;

it('an Idempotency-Key is remembered for a day, and then free, also where TTL has deleted nothing yet', async () => {
  const owner = callerOf(twin, (await twin.tenant()).token);
  const use = async () => {
    const replies = await Promise.all(
      creations.map(({ path, body }, n) =>
        owner.ask('POST', path, { body: { ...body(n), aliases: undefined }, headers: [['Idempotency-Key', 'daily']] }),
      ),
    );
    return replies.map(({ status, headers, json }) => ({
      status,
      isReplayed: headers['idempotency-replayed'] === 'true',
      id: (json as { id: string }).id,
    }));
  };
  const first = await use();
  expect(first.every(({ status, isReplayed }) => status === 201 && !isReplayed)).toBe(true);
  await twin.control.advanceClock(23 * hourMs);
  expect(await use()).toEqual(first.map((answer) => ({ ...answer, isReplayed: true })));
  await twin.control.advanceClock(hourMs + 1000);
  const second = await use();
  expect(second.every(({ status, isReplayed }) => status === 201 && !isReplayed)).toBe(true);
  expect(second.filter(({ id }) => first.some((earlier) => earlier.id === id))).toEqual([]);
  // The new record counts from its own day.
  expect(await use()).toEqual(second.map((answer) => ({ ...answer, isReplayed: true })));
});
