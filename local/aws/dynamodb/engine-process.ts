import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { TwinError } from '../../twin-error.ts';
import { listen } from '../http.ts';
import { findEngine } from './find-engine.ts';

export interface EngineProcess {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * The engine must not outlive us, even when we are killed with -9, and must not die of the Ctrl-C that we are still
 * answering: it runs in a process group of its own under a shell that ends it when our end of its pipe closes.
 */
const leash =
  'exec 3<&0; "$@" </dev/null 3<&- & engine=$!; { cat <&3 >/dev/null; kill "$engine" 2>/dev/null; } & exec 3<&-; wait "$engine"';

const freePort = async (): Promise<number> => {
  const server = createServer();
  const port = await listen(server, 0);
  await new Promise((resolve) => server.close(resolve));
  return port;
};

/** True once it answers; false when it exited or stayed silent for five seconds. */
const becomesReady = async (url: string, child: ChildProcess): Promise<boolean> => {
  for (let tries = 0; tries < 500 && child.exitCode === null; tries += 1) {
    const answered = await fetch(url, { method: 'GET' }).then(
      (response) => response.arrayBuffer().then(() => true),
      () => false,
    );
    if (answered) return child.exitCode === null;
    await wait(10);
  }
  return false;
};

/** What the engine says, but for its greeting and farewell. */
const tell = (chunk: Buffer): void => {
  const lines = chunk
    .toString()
    .split('\n')
    .filter((line) => line.trim() !== '');
  for (const line of lines)
    if (!/listening on|Shutting down/.test(line)) process.stderr.write(`dynamodb engine: ${line}\n`);
};

const launch = async (binary: string, database: string): Promise<EngineProcess | undefined> => {
  const port = await freePort();
  const args = ['-c', leash, 'engine', binary, 'serve', '--port', String(port), '--db-path', database];
  const child = spawn('/bin/sh', args, { detached: true, stdio: ['pipe', 'ignore', 'pipe'] });
  child.stderr?.on('data', tell);
  child.stdin?.on('error', () => undefined);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    child.stdin?.end();
    await exited;
  };
  if (await becomesReady(url, child)) return { url, stop };
  await stop();
  return undefined;
};

/** Starts the engine on the folder's database. A port may be taken between asking and using it: three tries. */
export const startEngineProcess = async (folder: string): Promise<EngineProcess> => {
  const given = process.env.DYNAMODB_ENDPOINT;
  if (given !== undefined && given !== '') return { url: given, stop: async () => undefined };
  const binary = findEngine();
  const database = join(folder, 'dynamodb.sqlite');
  for (let tries = 0; tries < 3; tries += 1) {
    const started = await launch(binary, database);
    if (started !== undefined) return started;
  }
  throw new TwinError(`The DynamoDB engine ${binary} did not start on ${database}.`, 'See its message above.');
};
