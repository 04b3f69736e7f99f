import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { callerOf } from '../../harness/caller.ts';
import { processesOf } from '../../harness/processes-of.ts';
import { refusalOf } from '../../harness/refusal-of.ts';
import { type SoloTwin, soloTwin } from '../../harness/solo-twin.ts';
import { expectAllKept, startLoad } from './recorded-load.ts';

let data: string;
let twin: SoloTwin;
beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'killed-'));
  twin = await soloTwin({ data });
});
afterEach(async () => {
  await twin.end();
  rmSync(data, { recursive: true, force: true });
});

it('kill -9 under load, twice: everything acknowledged is there with its audit event, once', async () => {
  const { token } = await twin.tenant();
  for (const changes of [150, 40]) {
    const load = startLoad(12, callerOf(twin, token));
    await load.reached(changes);
    await twin.end('SIGKILL');
    await load.stop();
    while (processesOf(data).length > 0) await wait(20);
    twin = await soloTwin({ data });
    await expectAllKept(load, callerOf(twin, token));
  }
});

it('kill -9 of the table engine under load: it is started again, and everything acknowledged is there, once', async () => {
  const { token } = await twin.tenant();
  const caller = callerOf(twin, token);
  const load = startLoad(6, caller);
  for (const changes of [50, 100, 150]) {
    await load.reached(changes);
    const [engine] = processesOf(join(data, 'dynamodb.sqlite')).filter(({ name }) => name !== 'sh');
    process.kill(engine?.pid ?? 0, 'SIGKILL');
  }
  await load.reached(200);
  await load.stop();
  for (const reply of load.refusals)
    expect(['unavailable', 'version-mismatch', 'service-not-found']).toContain(refusalOf('replaceService', reply));
  await expectAllKept(load, caller);
  expect((await caller.ask('POST', '/v1/services', { body: { name: 'After' } })).status).toBe(201);
});

it('Ctrl-C under load: what was acknowledged is there, and no engine is left', async () => {
  const { token } = await twin.tenant();
  const load = startLoad(6, callerOf(twin, token));
  await load.reached(40);
  await twin.end('SIGINT');
  await load.stop();
  expect(processesOf(data)).toEqual([]);
  twin = await soloTwin({ data });
  await expectAllKept(load, callerOf(twin, token));
});
