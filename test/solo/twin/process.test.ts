import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthFixture } from './fixture.ts';
import { bearer, send } from './run-fixture.ts';

const directory = mkdtempSync(join(tmpdir(), 'twin-process-'));
const data = join(directory, 'data');
const ready = join(directory, 'ready.json');
const main = ['--import', 'tsx', 'local/main.ts'];
let assembly = '';
let running: ChildProcess | undefined;

beforeAll(() => {
  assembly = synthFixture({ directory });
});
afterAll(async () => {
  if (running?.exitCode === null) await ended(running, 'SIGKILL');
  rmSync(directory, { recursive: true, force: true });
});

const start = async (...args: readonly string[]) => {
  rmSync(ready, { force: true });
  const child = spawn(process.execPath, [
    ...main,
    '--assembly',
    assembly,
    '--data',
    data,
    '--control',
    '0',
    '--quiet',
    '--ready-file',
    ready,
    ...args,
  ]);
  running = child;
  while (!existsSync(ready)) {
    if (child.exitCode !== null) throw new Error('the twin ended');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return { child, ...JSON.parse(readFileSync(ready, 'utf8')) };
};

const ended = async (child: ChildProcess, signal: NodeJS.Signals) => {
  const exit = once(child, 'exit');
  child.kill(signal);
  return exit;
};

const fails = (...args: readonly string[]) => {
  const { status, stderr } = spawnSync(process.execPath, [...main, ...args], { encoding: 'utf8', timeout: 20_000 });
  return { status, lines: stderr.trim().split('\n') };
};

const put = (api: string, id: number) =>
  send(api, `/v1/items/${id}`, { method: 'PUT', headers: bearer('admin'), body: `item ${id}` });
const get = (api: string, id: number) => send(api, `/v1/items/${id}`, { headers: bearer('admin') });
const control = async (url: string, line: string, body?: unknown) => {
  const [method = '', path = ''] = line.split(' ');
  const answer = await send(url, `${new URL(url).pathname}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, ...JSON.parse(answer.text) };
};

describe('a twin as a process', () => {
  it('keeps everything acknowledged when it is killed under load', async () => {
    const first = await start();
    const acknowledged = new Set<number>();
    const load = Array.from({ length: 40 }, async (_, id) => {
      const answer = await put(first.apiUrl, id).catch(() => undefined);
      if (answer?.status === 200) acknowledged.add(id);
    });
    while (acknowledged.size < 10) await new Promise((resolve) => setTimeout(resolve, 5));
    await ended(first.child, 'SIGKILL');
    await Promise.all(load);
    const second = await start();
    for (const id of acknowledged) expect((await get(second.apiUrl, id)).text).toBe(`item ${id}`);
    expect(second.outputs.Api.KeyOfStore).toBe(first.outputs.Api.KeyOfStore);
    await ended(second.child, 'SIGTERM');
  });

  it('is the only one on its data, tells a command line where it is, and stops within two seconds', async () => {
    const { child, apiUrl } = await start();
    const file = join(data, 'twin.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      pid: child.pid,
      apiUrl,
      credentials: { accessKeyId: expect.any(String) },
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const second = fails('--assembly', assembly, '--data', data);
    expect(second).toEqual({
      status: 1,
      lines: [expect.stringContaining(`${data} is in use by process ${child.pid}. Stop that process`)],
    });
    const begun = Date.now();
    const slow = send(apiUrl, '/v1/slow');
    await new Promise((resolve) => setTimeout(resolve, 100));
    const [code] = await ended(child, 'SIGINT');
    expect([code, Date.now() - begun < 2_000, existsSync(file)]).toEqual([0, true, false]);
    // Under way when the signal came: finished all the same.
    expect((await slow).status).toBe(200);
  });

  it('starts on empty data with --fresh', async () => {
    const { child, apiUrl } = await start('--fresh');
    expect((await get(apiUrl, 1)).status).toBe(404);
    await ended(child, 'SIGTERM');
  });

  it('obeys its control server', async () => {
    const { child, apiUrl, controlUrl } = await start();
    const { now } = await control(controlUrl, 'GET /clock');
    const later = await control(controlUrl, 'POST /clock', { advanceMs: 60_000 });
    expect(later.now - now).toBeGreaterThanOrEqual(60_000);
    expect(await control(controlUrl, 'POST /invoke', { function: 'misbehave', event: { how: 'throw' } })).toMatchObject(
      {
        functionError: 'Unhandled',
        payload: { errorType: 'TypeError' },
      },
    );
    await put(apiUrl, 7);
    const calls = await control(controlUrl, 'GET /calls?since=0');
    expect(calls.entries.map(({ operation }: { operation: string }) => operation)).toEqual(
      expect.arrayContaining(['PutItem', 'GetItem']),
    );
    expect((await control(controlUrl, `GET /calls?since=${calls.next}`)).entries).toEqual([]);
    await control(controlUrl, 'POST /faults', {
      service: 'dynamodb',
      operation: 'GetItem',
      kind: 'delay',
      ms: 300,
      times: 1,
    });
    const begun = Date.now();
    await get(apiUrl, 7);
    expect(Date.now() - begun).toBeGreaterThanOrEqual(290);
    expect(await control(controlUrl, 'POST /credentials', { role: 'operator' })).toMatchObject({
      accessKeyId: expect.any(String),
    });
    expect(await control(controlUrl, 'POST /clock', { advanceMs: 'soon' })).toMatchObject({
      status: 400,
      error: expect.stringContaining('advanceMs is "soon"'),
    });
    await ended(child, 'SIGTERM');
  });
});

describe('what cannot start says so in one line and ends with 1', () => {
  const one = (pattern: string | RegExp) => ({ status: 1, lines: [expect.stringMatching(pattern)] });
  const folder = (name: string, files: Readonly<Record<string, string>>) => {
    const path = join(directory, name);
    mkdirSync(path);
    for (const [file, text] of Object.entries(files)) writeFileSync(join(path, file), text);
    return path;
  };

  it('an unknown resource type, with its logical id', () => {
    const strange = join(directory, 'strange');
    mkdirSync(strange);
    const path = synthFixture({ directory: strange, unknownType: 'AWS::Nobody::Knows' });
    expect(fails('--assembly', path)).toEqual(
      one(/Store\/Strange has type AWS::Nobody::Knows.*local\/resources\/inert\.ts/),
    );
  });

  it('a port in use', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    expect(fails('--assembly', assembly, '--port', String(port))).toEqual(one(`Port ${port} is in use`));
    server.close();
  });

  it.each([
    ['older data', { 'format.json': '{"format":0}' }, 'has format 0, older than 1'],
    ['newer data', { 'format.json': '{"format":9}' }, 'has format 9, newer than 1'],
    ['unreadable data', { 'format.json': 'x' }, 'is unreadable.*--fresh'],
    ['a folder of other things', { 'thesis.txt': 'x' }, 'no data folder of the twin'],
  ])('%s', (name, files, message) => {
    const path = folder(name.replaceAll(' ', '-'), files);
    expect(fails('--assembly', assembly, '--data', path)).toEqual(one(message));
  });

  it('no assembly', () => {
    expect(fails('--assembly', join(directory, 'nowhere'))).toEqual(one('is not a cloud assembly.*npx cdk synth'));
  });
});
