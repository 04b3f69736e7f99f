import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { TestTwin } from '../../harness/twin.ts';

interface FunctionResource {
  readonly Properties: {
    readonly FunctionName: string;
    readonly Code: { readonly S3Key: string };
    readonly Environment: { readonly Variables: Readonly<Record<string, string | { 'Fn::ImportValue': string }>> };
  };
}

const assembly = (): string => process.env.RINGFENCE_TEST_ASSEMBLY ?? '';
const template = 'api.template.json';

const resourceOf = (feature: string): FunctionResource['Properties'] => {
  const { Resources } = JSON.parse(readFileSync(join(assembly(), template), 'utf8')) as {
    readonly Resources: Readonly<Record<string, FunctionResource>>;
  };
  const found = Object.values(Resources).find(
    ({ Properties }) => Properties.FunctionName === `ringfence-local-${feature}`,
  );
  if (!found) throw new Error(`The template has no function ${feature}.`);
  return found.Properties;
};

/** `ringfence-local-foundation:ExportsOutput…` → the value that the twin gave it. */
const importedBy = ({ addresses }: TestTwin, name: string): string => {
  const [from = '', output = ''] = name.split(':');
  const value = addresses.outputs[from]?.[output];
  if (value === undefined) throw new Error(`The twin has no output ${name}.`);
  return value;
};

export interface FunctionInProcess {
  /** One request at a time. */
  handle(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult>;
  /** All that it wrote. */
  written(): string;
  end(): Promise<void>;
}

/**
 * A deployed function's bundle in this process, with its template's environment and a session of its execution role:
 * its calls go to the twin, where the template's policies judge them as they judge the function itself. Tokens are
 * hashed at the least cost, for speed.
 */
export const functionInProcess = async (twin: TestTwin, feature: string): Promise<FunctionInProcess> => {
  const { FunctionName, Environment, Code } = resourceOf(feature);
  const { accessKeyId, secretAccessKey, sessionToken } = await twin.control.session(FunctionName);
  const declared = Object.entries(Environment.Variables).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : importedBy(twin, value['Fn::ImportValue']),
  ]);
  const worker = new Worker(join(import.meta.dirname, 'function-worker.cjs'), {
    workerData: { bundle: join(assembly(), `asset.${Code.S3Key.replace(/\.zip$/, '')}`, 'index.js') },
    stdout: true,
    stderr: true,
    env: {
      ...Object.fromEntries(declared),
      ...(feature === 'tokens' && { TOKEN_COST: '4' }),
      AWS_REGION: twin.addresses.region,
      AWS_ENDPOINT_URL: twin.addresses.endpointUrl,
      AWS_CONFIG_FILE: '/nonexistent',
      AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
    },
  });
  const chunks: string[] = [];
  for (const stream of [worker.stdout, worker.stderr]) stream.on('data', (chunk) => chunks.push(String(chunk)));
  return {
    handle: async (event) => {
      worker.postMessage(event);
      const [answer] = (await once(worker, 'message')) as [APIGatewayProxyResult | { readonly thrown: string }];
      if ('thrown' in answer) throw new Error(`The handler threw: ${answer.thrown}`);
      return answer;
    },
    written: () => chunks.join(''),
    end: async () => void (await worker.terminate()),
  };
};
