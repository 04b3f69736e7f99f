import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { progress, type Row } from './row.ts';
import { functionEnvironment, type System } from './system.ts';

const budgetMs = 0.2;
const name = 'ringfence-local-authorizer';

/**
 * The authorizer's own work beyond its read: the whole handler, warm and with a remembered secret, less the read alone,
 * both in one process against the same endpoint.
 */
export const authorizerCpu = async ({ twin }: System, token: string): Promise<Row[]> => {
  progress('CPU of the authorizer …');
  const env = { ...functionEnvironment(twin, name), BENCH_TOKEN: token };
  const program = join(import.meta.dirname, 'authorizer-process.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', program], { env });
  // What the bundle logs comes before.
  const { ms } = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as { ms: number };
  return [
    {
      what: 'authorizer, warm: CPU beyond its read',
      budget: `≤ ${budgetMs} ms`,
      measured: `${ms.toFixed(3)} ms`,
      share: Math.max(0, ms) / budgetMs,
    },
  ];
};
