import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callOperators } from '../bin/call-operators.ts';
import { synthesize } from '../lib/synthesize.ts';
import { startTwin, type Twin } from '../local/twin.ts';
import { type Ask, ask, type Reply } from '../test/harness/http.ts';

/** A running system to measure: the local stage in a twin with an empty data folder. */
export interface System {
  readonly twin: Twin;
  readonly assembly: string;
  call(token: string, method: string, path: string, options?: Ask): Promise<Reply>;
  /** A new tenant's id and its first owner's token. */
  onboard(slug: string): Promise<{ readonly tenant: string; readonly token: string }>;
  stop(): Promise<void>;
}

/** In memory where the machine has it: a million items are written in minutes, and reads do not wait for a disk. */
const roomy = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

export const startSystem = async (): Promise<System> => {
  const folder = mkdtempSync(join(roomy, 'ringfence-bench-'));
  // Tests bring their own, made once for all of them.
  const assembly = process.env.RINGFENCE_TEST_ASSEMBLY ?? synthesize('local', join(folder, 'assembly'));
  const twin = await startTwin({ assembly, data: join(folder, 'data'), port: 0 });
  twin.throttle(false);
  const url = Object.values(twin.outputs).find((outputs) => outputs.OperatorsUrl)?.OperatorsUrl ?? '';
  return {
    twin,
    assembly,
    call: (token, method, path, options = {}) => ask(twin.apiUrl ?? '', method, path, { token, ...options }),
    onboard: async (slug) => {
      const endpoint = { url, region: twin.region, credentials: twin.administrator };
      const { registration, token } = await callOperators<{ registration: { tenant: string }; token: string }>(
        endpoint,
        {
          command: 'create',
          slug,
          name: slug,
          ownerEmail: `owner@${slug}.example`,
        },
      );
      return { tenant: registration.tenant, token };
    },
    stop: async () => {
      await twin.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** The environment of a process that runs a function's bundle against the twin, as the function itself would. */
export const functionEnvironment = (twin: Twin, name: string): NodeJS.ProcessEnv => {
  const { accessKeyId, secretAccessKey, sessionToken } = twin.credentialsFor(name);
  return {
    ...process.env,
    ...twin.variablesOf(name),
    AWS_REGION: twin.region,
    AWS_ENDPOINT_URL: twin.endpointUrl,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    NODE_OPTIONS: '--no-warnings',
  };
};
