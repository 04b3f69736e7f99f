import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { tokenPattern } from '../../../lambdas/contract.ts';

const root = resolve(import.meta.dirname, '../../..');

export interface RunningStart {
  readonly pid: number;
  /** All it has printed, so far. */
  screen(): string;
  readonly api: string;
  /** The demo tenants' tokens, as shown. */
  readonly tokens: readonly string[];
  /** Resolves to the exit code; undefined when a signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | undefined>;
}

/** `npm start -- …` as npm runs it, until its screen is complete. */
export const start = async (...args: readonly string[]): Promise<RunningStart> => {
  const { NODE_OPTIONS: _, ...env } = process.env;
  const child = spawn(process.execPath, [join(root, 'bin/start.js'), ...args], { cwd: root, env, stdio: 'pipe' });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      printed += chunk;
    });
  const ended = new Promise<number | undefined>((done) => child.once('close', (code) => done(code ?? undefined)));
  while (!printed.includes('Ctrl-C')) {
    if (child.exitCode !== null) throw new Error(`npm start ended:\n${printed}`);
    await wait(20);
  }
  return {
    pid: child.pid ?? 0,
    screen: () => printed,
    api: printed.match(/API=(\S+)/)?.[1] ?? '',
    tokens: [...printed.matchAll(new RegExp(tokenPattern, 'g'))].map(([token]) => token),
    end: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
};
