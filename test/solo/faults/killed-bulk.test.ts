import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Caller, callerOf } from '../../harness/caller.ts';
import { processesOf } from '../../harness/processes-of.ts';
import { type SoloTwin, soloTwin } from '../../harness/solo-twin.ts';

interface Outcome {
  readonly outcome: string;
  readonly id: string;
  readonly version: number;
}

let data: string;
let twin: SoloTwin;
beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'killed-bulk-'));
  twin = await soloTwin({ data });
});
afterEach(async () => {
  await twin.end();
  rmSync(data, { recursive: true, force: true });
});

const count = 60;
const items = Array.from({ length: count }, (_, n) => ({ name: `S ${n}`, aliases: [`s-${n}`], tags: ['bulk'] }));
const send = (caller: Caller, key?: string, sent: readonly object[] = items) =>
  caller.ask('POST', '/v1/bulk/services', {
    body: { items: sent },
    headers: key === undefined ? [] : [['Idempotency-Key', key]],
  });
const outcomesOf = (json: unknown): readonly Outcome[] => (json as { items: readonly Outcome[] }).items;

/** Kills everything while the change is under way, and starts again on what is there. */
const killedMidway = async (token: string, key?: string): Promise<Caller> => {
  const caller = callerOf(twin, token);
  const sent = send(caller, key).catch(() => undefined);
  while ((await caller.all('/v1/services')).length < 10) await wait(1);
  await twin.end('SIGKILL');
  await sent;
  while (processesOf(data).length > 0) await wait(20);
  twin = await soloTwin({ data });
  return callerOf(twin, token);
};

/** Each service with what it was told, made once and told of once. */
const expectWhole = async (caller: Caller): Promise<void> => {
  const services = await caller.all<{ id: string; aliases: string[]; version: number }>('/v1/services');
  expect(services.flatMap(({ aliases }) => aliases).sort()).toEqual(items.flatMap(({ aliases }) => aliases).sort());
  expect(new Set(services.map(({ version }) => version))).toEqual(new Set([1]));
  const subjects = (await caller.audited('service.upserted')).map(({ subject }) => subject);
  expect(subjects.sort()).toEqual(services.map(({ id }) => id).sort());
};

it('a bulk change that is killed midway goes on where it ended when it is repeated with its key', async () => {
  const { token } = await twin.tenant();
  const caller = await killedMidway(token, 'one');
  const done = (await caller.all('/v1/services')).length;
  expect(done).toBeGreaterThanOrEqual(10);
  expect(done).toBeLessThan(count);
  // The key stands for that request, done or not.
  expect((await send(caller, 'one', items.slice(1))).json).toMatchObject({ code: 'idempotency-key-reused' });
  const repeated = await send(caller, 'one');
  expect([repeated.status, repeated.headers['idempotency-replayed']]).toEqual([200, 'true']);
  expect(outcomesOf(repeated.json).map(({ outcome }) => outcome)).toEqual(Array(count).fill('created'));
  await expectWhole(caller);
  expect((await send(caller, 'one')).json).toEqual(repeated.json);
});

it('a bulk change that is killed midway ends the same when it is repeated without a key', async () => {
  const { token } = await twin.tenant();
  const caller = await killedMidway(token);
  const done = (await caller.all('/v1/services')).length;
  const repeated = outcomesOf((await send(caller)).json).map(({ outcome }) => outcome);
  expect(repeated).toEqual([...Array(done).fill('unchanged'), ...Array(count - done).fill('created')]);
  await expectWhole(caller);
});
