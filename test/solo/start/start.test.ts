import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { tokenPattern } from '../../../lambdas/contract.ts';
import { ask } from '../../harness/http.ts';
import { processesOf } from '../../harness/processes-of.ts';
import { runCommand } from '../../harness/run-command.ts';
import { isAlive } from '../../harness/solo-twin.ts';
import { start } from './running.ts';

const folder = mkdtempSync(join(tmpdir(), 'start-'));
afterAll(() => {
  for (const { pid } of processesOf(folder)) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const statusOf = async (api: string, token: string | undefined) =>
  (await ask(api, 'GET', '/v1/me', { token: token ?? '' })).status;

it('shows two tenants, calls that work as printed, where the data is; each request as a line; Ctrl-C ends it whole', async () => {
  const data = join(folder, 'shown');
  const run = await start('--port', '0', '--data', data);
  expect(run.tokens).toHaveLength(2);
  expect(run.screen()).toMatch(/^ {2}ACME=rfp_\w+ +# ten_\w+$/m);
  expect(run.screen()).toMatch(/^ {2}GLOBEX=rfp_\w+ +# ten_\w+$/m);
  expect(run.screen()).toContain(`reference: ${run.api}/docs`);
  expect(run.screen()).toMatch(/Data +\S*start-\w+\/shown +\(kept between runs/);
  const lines = run
    .screen()
    .split('\n')
    .filter((line) => /^ {2}([A-Z]+=|curl )/.test(line));
  expect(lines).toHaveLength(6);
  const { stdout } = await promisify(execFile)('sh', ['-ec', lines.join('\necho\n').replaceAll('-s ', '-sf ')]);
  const [me, created, found] = stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
  expect(me).toMatchObject({ role: 'owner' });
  expect(created).toMatchObject({ name: 'Checkout', aliases: ['checkout'], tier: 1 });
  expect(found).toEqual({ ...(created as object), deploys: [] });
  expect(run.screen()).toMatch(/^ {2}\d\d:\d\d:\d\d {2}201 {2}POST +\/v1\/services +ten_\w+ +\d+ ms$/m);
  expect(run.screen().slice(run.screen().indexOf('Ctrl-C'))).not.toMatch(tokenPattern);

  // Its own process is ended by itself, in order: a stop that takes more than two seconds ends with another code.
  expect(await run.end('SIGINT')).toBe(0);
  expect(processesOf(data)).toEqual([]);
  expect(existsSync(join(data, 'twin.json'))).toBe(false);
});

it('keeps what was acknowledged, and its tokens are new at each start', async () => {
  const data = join(folder, 'kept');
  const first = await start('--port', '0', '--data', data);
  const [token] = first.tokens;
  const kept = await ask(first.api, 'POST', '/v1/services', {
    token: token ?? '',
    body: { name: 'Kept', aliases: ['kept'] },
  });
  expect(await first.end('SIGINT')).toBe(0);
  const second = await start('--port', '0', '--data', data);
  expect(second.tokens.filter((each) => first.tokens.includes(each))).toEqual([]);
  expect(await statusOf(second.api, token)).toBe(401);
  const read = await ask(second.api, 'GET', '/v1/services/kept', { token: second.tokens[0] ?? '' });
  expect(read.json).toEqual({ ...(kept.json as object), deploys: [] });

  const again = await runCommand('start.js', ['--port', '0', '--data', data]);
  expect([again.code, again.out, again.errorLines]).toEqual([
    1,
    '',
    [expect.stringContaining(`in use by process ${second.pid}. Stop that process (kill ${second.pid})`)],
  ]);
  expect(await statusOf(second.api, second.tokens[0])).toBe(200);
  expect((await runCommand('ringfence.js', ['tenants', 'list', '--data', data])).out).toMatch(/acme.*globex/s);

  // A kill -9 leaves nothing running and nothing in the way.
  await second.end('SIGKILL');
  while (processesOf(data).length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(isAlive(second.pid)).toBe(false);
  const third = await start('--port', '0', '--data', data, '--fresh');
  expect(await statusOf(third.api, second.tokens[0])).toBe(401);
  expect((await ask(third.api, 'GET', '/v1/services/kept', { token: third.tokens[0] ?? '' })).status).toBe(404);
  expect(await third.end('SIGTERM')).toBe(0);
});

describe('what stops it, once it has synthesized: one line with the fix, and nothing left running', () => {
  const ends = async (args: readonly string[], line: RegExp, options: Parameters<typeof runCommand>[2] = {}) => {
    const own = join(folder, 'refused');
    const { code, errorLines } = await runCommand('start.js', ['--data', own, ...args], options);
    expect([code, errorLines]).toEqual([1, [expect.stringMatching(line)]]);
    expect(processesOf(own)).toEqual([]);
  };

  it('a port in use', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    await ends(['--port', String(port)], new RegExp(`^Port ${port} is in use\\. .*choose another port`));
    server.close();
  });

  it.each([
    ['kms-keys.json', '{', /kms-keys\.json is not a key file/],
    ['dynamodb.sqlite', 'not a database'.repeat(100), /DynamoDB engine.*did not start.*dynamodb\.sqlite/],
  ])('a damaged %s', async (file, text, line) => {
    const path = join(folder, `damaged-${file}`);
    mkdirSync(path);
    writeFileSync(join(path, 'format.json'), '{"format":1}');
    writeFileSync(join(path, file), text);
    const { code, errorLines } = await runCommand('start.js', ['--data', path, '--port', '0']);
    // What the engine itself says comes before.
    expect([code, errorLines.at(-1)]).toEqual([1, expect.stringMatching(line)]);
    expect(processesOf(path)).toEqual([]);
  });

  it('no table engine for this platform', async () => {
    // Another processor, which nothing of esbuild's needs to know.
    const here = `${process.platform}-${process.arch}`;
    const esbuild = join(import.meta.dirname, '../../../node_modules/@esbuild', here, 'bin/esbuild');
    await ends(['--port', '0'], /^No DynamoDB engine for linux-riscv64\. Run 'npm install.*DYNAMODB_ENDPOINT/, {
      node: ['--import', `data:text/javascript,Object.defineProperty(process,'arch',{value:'riscv64'})`],
      env: { ESBUILD_BINARY_PATH: esbuild, PATH: '/usr/bin:/bin' },
    });
  });
});
