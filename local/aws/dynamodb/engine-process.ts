import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { TwinError } from '../../twin-error.ts';
import { listen } from '../http.ts';
import { findEngine } from './find-engine.ts';

export interface EngineProcess {
  /** Where it listens; after it died, where the one started in its place does. Rejects when none could be. */
  url(): Promise<string>;
  stop(): Promise<void>;
}

interface Launched {
  readonly url: string;
  readonly exited: Promise<void>;
  stop(): Promise<void>;
}

/**
 * The engine must not outlive us, even when we are killed with -9, and must not die of the Ctrl-C that we are still
 * answering: it runs in a process group of its own under a shell that ends it when our end of its pipe closes.
 */
const leash =
  'exec 3<&0; "$@" </dev/null 3<&- & engine=$!; { cat <&3 >/dev/null; kill "$engine" 2>/dev/null; } & exec 3<&-; wait "$engine"';

const startTries = 3;

const freePort = async (): Promise<number> => {
  const server = createServer();
  const port = await listen(server, 0);
  await new Promise((resolve) => server.close(resolve));
  return port;
};

/** Undefined once the engine says that it listens; what it said instead when it ended. Later words go to our own. */
const failureOf = (child: ChildProcess): Promise<string | undefined> =>
  new Promise((resolve) => {
    let last = 'it said nothing';
    child.once('error', (error) => resolve(error.message));
    child.once('close', () => resolve(last));
    if (child.stderr === null) return;
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (line.includes('listening on')) resolve(undefined);
      else if (line.trim() !== '' && !line.startsWith('Shutting down')) {
        last = line;
        process.stderr.write(`dynamodb engine: ${line}\n`);
      }
    });
  });

const launch = async (binary: string, database: string): Promise<Launched | { readonly failure: string }> => {
  const port = await freePort();
  const args = ['-c', leash, 'engine', binary, 'serve', '--port', String(port), '--db-path', database];
  const child = spawn('/bin/sh', args, { detached: true, stdio: ['pipe', 'ignore', 'pipe'] });
  child.stdin.on('error', () => undefined);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  // Ends what waits for our end of the pipe, before another process has the engine's number.
  child.once('exit', () => child.stdin.end());
  const failure = await failureOf(child);
  if (failure !== undefined) return { failure };
  const stop = async () => {
    child.stdin.end();
    await exited;
  };
  return { url: `http://127.0.0.1:${port}`, exited, stop };
};

/** A port may be taken between asking and using it: three tries. */
const launched = async (binary: string, database: string): Promise<Launched> => {
  let failure = '';
  for (let tries = 0; tries < startTries; tries += 1) {
    const started = await launch(binary, database);
    if (!('failure' in started)) return started;
    failure = started.failure;
  }
  throw new TwinError(
    `The DynamoDB engine ${binary} did not start: ${failure}.`,
    `Is ${database} its own file, and writable?`,
  );
};

/** Starts the engine on the folder's database, and again when it dies: what it acknowledged is in the database. */
export const startEngineProcess = async (folder: string): Promise<EngineProcess> => {
  const given = process.env.DYNAMODB_ENDPOINT;
  if (given !== undefined && given !== '') return { url: async () => given, stop: async () => undefined };
  const binary = findEngine();
  const database = join(folder, 'dynamodb.sqlite');
  let stopping = false;
  let current = launched(binary, database);
  const keep = ({ exited }: Launched): Promise<void> =>
    exited.then(async () => {
      if (stopping) return;
      process.stderr.write('dynamodb engine: ended unexpectedly, starting it again\n');
      current = launched(binary, database);
      await keep(await current);
    });
  keep(await current).catch((error: Error) => process.stderr.write(`${error.message}\n`));
  return {
    url: async () => (await current).url,
    stop: async () => {
      stopping = true;
      await (await current.catch(() => undefined))?.stop();
    },
  };
};
