import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { progress, type Row } from './row.ts';
import type { System } from './system.ts';

const budgetMs = 0.2;
const name = 'ringfence-local-authorizer';

/**
 * The authorizer's own work beyond its read: the whole handler, warm and with a remembered secret, less the read alone,
 * both in one process against the same endpoint.
 */
export const authorizerCpu = async ({ twin }: System, token: string): Promise<Row[]> => {
  progress('CPU of the authorizer …');
  const { accessKeyId, secretAccessKey, sessionToken } = twin.credentialsFor(name);
  const env = {
    ...process.env,
    ...twin.variablesOf(name),
    AWS_REGION: twin.region,
    AWS_ENDPOINT_URL: twin.endpointUrl,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    BENCH_TOKEN: token,
    NODE_OPTIONS: '--no-warnings',
  };
  const program = join(import.meta.dirname, 'authorizer-process.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', program], { env });
  const { ms } = JSON.parse(stdout) as { ms: number };
  return [
    {
      what: 'authorizer, warm: CPU beyond its read',
      budget: `≤ ${budgetMs} ms`,
      measured: `${ms.toFixed(3)} ms`,
      share: Math.max(0, ms) / budgetMs,
    },
  ];
};
