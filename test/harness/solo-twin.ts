import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { type RunOptions, runTwin } from './run-twin.ts';
import { type TestTwin, testTwin } from './twin.ts';

export interface SoloTwin extends TestTwin {
  /** Sends the signal, SIGTERM by default, and waits until the process is gone. */
  end(signal?: NodeJS.Signals): Promise<void>;
}

export const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** A twin for one test file alone: its clock and faults are nobody else's, and it may be killed. */
export const soloTwin = async (options: RunOptions = {}): Promise<SoloTwin> => {
  const addresses = await runTwin(`solo-${randomUUID()}`, options);
  return {
    ...testTwin(addresses),
    end: async (signal = 'SIGTERM') => {
      if (isAlive(addresses.pid)) process.kill(addresses.pid, signal);
      while (isAlive(addresses.pid)) await wait(20);
    },
  };
};
