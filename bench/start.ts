import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask } from '../test/harness/http.ts';
import { progress, type Row } from './row.ts';
import type { System } from './system.ts';

const onboardingBudgetMs = 1000;
const startBudgetMs = 15_000;

export const onboarding = async (system: System): Promise<Row[]> => {
  progress('onboarding …');
  await system.onboard('warm-up');
  const started = Date.now();
  for (const slug of ['first', 'second', 'third']) await system.onboard(slug);
  const ms = (Date.now() - started) / 3;
  return [
    {
      what: 'onboarding a tenant',
      budget: `< ${onboardingBudgetMs} ms`,
      measured: `${ms.toFixed(0)} ms`,
      share: ms / onboardingBudgetMs,
    },
  ];
};

/** From `npm start` in a built checkout to the first answered call. */
export const start = async (): Promise<Row[]> => {
  progress('npm start to the first answered call …');
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-start-'));
  const port = 20_000 + (process.pid % 20_000);
  const started = Date.now();
  const child = spawn('npm', ['start', '--', '--port', String(port), '--data', join(folder, 'data')], {
    stdio: 'ignore',
    detached: true,
  });
  try {
    for (;;) {
      const reply = await ask(`http://127.0.0.1:${port}`, 'GET', '/v1/openapi.json').catch(() => undefined);
      if (reply?.status === 200) break;
      if (Date.now() - started > 4 * startBudgetMs) throw new Error('npm start never answered.');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const ms = Date.now() - started;
    return [
      {
        what: 'npm start to the first answered call',
        budget: `≤ ${startBudgetMs / 1000} s`,
        measured: `${(ms / 1000).toFixed(1)} s`,
        share: ms / startBudgetMs,
      },
    ];
  } finally {
    if (child.pid) process.kill(-child.pid, 'SIGINT');
    await new Promise((resolve) => child.once('exit', resolve));
    rmSync(folder, { recursive: true, force: true });
  }
};
