import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError } from '../command-error.ts';
import type { Credentials } from '../operators-endpoint.ts';

/** What a drill needs of what a running twin says of itself, in its data folder. */
export interface RunningTwin {
  readonly apiUrl: string;
  readonly endpoint: string;
  readonly region: string;
  readonly account: string;
  readonly outputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly credentials: Credentials;
  /** Address of the control server. */
  readonly control: string;
  /** Address of what stands in for PagerDuty and Slack. */
  readonly standIns: string;
}

const start = 'Start it with "npm start" in another terminal, and leave it running.';

/** @throws CommandError when no twin runs on this folder, or one that cannot be drilled. */
export const findRunningTwin = async (dataFolder: string): Promise<RunningTwin> => {
  const path = join(dataFolder, 'twin.json');
  if (!existsSync(path)) throw new CommandError(`No twin is running here: ${path} does not exist. ${start}`);
  const twin = JSON.parse(readFileSync(path, 'utf8')) as Partial<RunningTwin>;
  if (!twin.control || !twin.standIns)
    throw new CommandError(`${path} names no control server: this twin was not started with "npm start". ${start}`);
  await fetch(`${twin.control}/info`).catch(() => {
    throw new CommandError(`${path} says that a twin is running, but it does not answer: it was stopped. ${start}`);
  });
  return twin as RunningTwin;
};
