import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** Of standard error, without empty ones. */
  readonly errorLines: readonly string[];
}

export interface CommandOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What is piped into it. */
  readonly input?: string;
  /** Words for node itself, before the program. */
  readonly node?: readonly string[];
}

/** Runs a program of bin/ as people do, as a process of its own, to its end. */
export const runCommand = (
  program: 'ringfence.js' | 'start.js' | 'drill.js' | 'app.ts',
  args: readonly string[],
  { env = {}, node = [], input }: CommandOptions = {},
): Promise<Ended> =>
  new Promise((done, failed) => {
    const { NODE_OPTIONS: _, ...inherited } = process.env;
    const child = spawn(process.execPath, [...node, join(root, 'bin', program), ...args], {
      cwd: root,
      env: { ...inherited, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    // Who reads nothing of it may be gone before it is written.
    child.stdin.on('error', () => {}).end(input);
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    child.on('error', failed);
    child.on('close', (code) => done({ code, out, err, errorLines: err.split('\n').filter(Boolean) }));
  });
