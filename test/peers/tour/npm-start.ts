import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

export interface Started {
  /** What it printed until it was ready. */
  readonly screen: string;
  /** Ctrl-C. Resolves to whether it ended by itself. */
  stop(): Promise<void>;
}

const root = resolve(import.meta.dirname, '../../..');
const startedWithinMs = 100_000;

/** `npm start` on a port that is free and in a folder of its own, as somebody at a terminal. */
export const npmStart = async (data: string, lastLine: RegExp): Promise<Started> => {
  const child = spawn('npm', ['start', '--', '--port', '0', '--data', data], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group, which Ctrl-C reaches as a whole.
    detached: true,
    env: { ...process.env, NO_COLOR: '1' },
  });
  let screen = '';
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk;
  });
  const ready = new Promise<void>((done, failed) => {
    const late = setTimeout(() => failed(new Error(`npm start was not ready in time: ${screen}`)), startedWithinMs);
    child.once('exit', () => failed(new Error(`npm start ended: ${screen}${errors}`)));
    child.stdout.on('data', (chunk: Buffer) => {
      screen += chunk;
      if (!lastLine.test(screen)) return;
      clearTimeout(late);
      done();
    });
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.pid === undefined) return;
    const exit = once(child, 'exit');
    process.kill(-child.pid, 'SIGINT');
    await exit;
  };
  await ready.catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { screen, stop };
};
