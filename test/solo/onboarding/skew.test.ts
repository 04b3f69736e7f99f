import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callOperators } from '../../../bin/call-operators.ts';
import { runCommand } from '../../harness/run-command.ts';
import { type SoloTwin, soloTwin } from '../../harness/solo-twin.ts';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' };
const hour = 3_600_000;

/** A function URL whose clock is ahead, and which answers each call with the next of these. */
const serverWith = async (aheadMs: number, answers: readonly (readonly [status: number, body: object])[]) => {
  const dates: number[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    const [, y, mo, d, h, mi, s] =
      /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(String(request.headers['x-amz-date'])) ?? [];
    dates.push(Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`));
    const [status, body] = answers[Math.min(dates.length, answers.length) - 1] ?? [500, {}];
    response.writeHead(status, { date: new Date(Date.now() + aheadMs).toUTCString() }).end(JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    endpoint: { url, region: 'eu-central-1', credentials },
    dates,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};

const expired = [403, { message: 'Signature expired: 20261101T000000Z is now earlier than 20261101T010000Z' }] as const;
const early = [403, { Message: 'Signature not yet current: 20261101T010000Z is still later than now' }] as const;

it.each([
  ['behind', hour, expired],
  ['ahead', -hour, early],
])("is signed again with the server's time when this machine's is %s", async (_, aheadMs, refusal) => {
  const { endpoint, dates, close } = await serverWith(aheadMs, [refusal, [200, { items: [] }]]);
  expect(await callOperators(endpoint, { command: 'list' })).toEqual({ items: [] });
  expect(dates).toHaveLength(2);
  expect(Math.abs((dates[1] ?? 0) - (Date.now() + aheadMs))).toBeLessThan(60_000);
  close();
});

it.each([
  ['that is refused for its time again', expired, 2],
  ['that is refused for another reason', [403, { Message: 'Forbidden' }] as const, 1],
])('tries a call %s no more often than that, and says why', async (_, refusal, times) => {
  const { endpoint, dates, close } = await serverWith(hour, [refusal]);
  await expect(callOperators(endpoint, { command: 'list' })).rejects.toThrow(/AWS refused the call/);
  expect(dates).toHaveLength(times);
  close();
});

describe('after the clock of the twin was moved', () => {
  let data: string;
  let twin: SoloTwin;
  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'skew-'));
    twin = await soloTwin({ data });
  });
  afterAll(async () => {
    await twin.end();
    rmSync(data, { recursive: true, force: true });
  });

  it('tenants list still answers', async () => {
    await twin.control.advanceClock(26 * hour);
    const { code, err } = await runCommand('ringfence.js', ['tenants', 'list', '--data', data]);
    expect([code, err]).toEqual([0, expect.stringContaining('No tenants yet')]);
  });
});
