import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What a started twin says of itself. */
export interface TwinAddresses {
  readonly pid: number;
  readonly apiUrl: string;
  readonly controlUrl: string;
  readonly endpointUrl: string;
  readonly region: string;
  readonly outputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly administrator: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken: string;
  };
}

const root = resolve(import.meta.dirname, '../..');
const startedWithinMs = 60_000;

export interface RunOptions {
  /** Kept between runs when given. */
  readonly data?: string;
  /** The twin lives on when this process ends; the global teardown ends it. */
  readonly shared?: boolean;
  readonly assembly?: string;
  /** Open port to serve the API on. */
  readonly port?: number;
}

/** Starts a twin of the test assembly as a process of its own and waits until it answers. */
export const runTwin = async (name: string, options: RunOptions = {}): Promise<TwinAddresses> => {
  const readyFile = join(process.env.RINGFENCE_TEST_RUN ?? '', `${name}.json`);
  const args = ['--import', 'tsx', join(root, 'local/main.ts'), '--quiet', '--control', '0'];
  args.push('--assembly', options.assembly ?? process.env.RINGFENCE_TEST_ASSEMBLY ?? '', '--ready-file', readyFile);
  args.push('--port', String(options.port ?? 0));
  if (options.data) args.push('--data', options.data);
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '--no-warnings' },
  });
  if (options.shared) child.unref();
  const started = Date.now();
  for (;;) {
    const ready = existsSync(readyFile) ? (JSON.parse(readFileSync(readyFile, 'utf8')) as TwinAddresses) : undefined;
    if (ready && ready.pid === child.pid) return ready;
    if (child.exitCode !== null)
      throw new Error(`The twin "${name}" ended with ${child.exitCode} before it was ready.`);
    if (Date.now() - started > startedWithinMs) throw new Error(`The twin "${name}" was not ready in time.`);
    await new Promise((resolved) => setTimeout(resolved, 50));
  }
};
