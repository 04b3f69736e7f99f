/**
 * After each test file: nothing that the worker's twin logged, nothing it answered, and no line that code of ours wrote
 * in the test's own process looks like a credential. jest.config.js names this file in `setupFilesAfterEnv`.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answeredCredentials } from './answer-watch.ts';
import { controlOf } from './control.ts';
import { loggedCredentials } from './log-watch.ts';
import { watchOutput, writtenCredentials } from './output-watch.ts';
import type { TwinAddresses } from './run-twin.ts';

const inRun = (name: string): string => join(process.env.RINGFENCE_TEST_RUN ?? '', name);
const read = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);

watchOutput();

afterAll(async () => {
  const worker = `worker-${process.env.JEST_WORKER_ID}`;
  const ready = read(inRun(`${worker}.json`));
  const logged: string[] = [];
  if (ready !== undefined) {
    const { found, next } = await loggedCredentials(
      controlOf(JSON.parse(ready) as TwinAddresses),
      Number(read(inRun(`${worker}.scanned`)) ?? 0),
    );
    writeFileSync(inRun(`${worker}.scanned`), String(next));
    logged.push(...found);
  }
  const all = [...logged, ...answeredCredentials(), ...writtenCredentials()];
  if (all.length > 0) throw new Error(`Credentials were logged, written or answered:\n${all.slice(0, 20).join('\n')}`);
});
