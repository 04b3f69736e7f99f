import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { functions } from '../lambdas/functions.ts';
import { bundleSettings } from '../lib/constructs/bundle.ts';
import { readAssembly } from '../local/template/assembly.ts';
import { median, progress, type Row } from './row.ts';

const rounds = 15;

/** The yardstick: a bundle with nothing but the DynamoDB client. */
const yardstick = `
  import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
  const client = new DynamoDBClient({});
  export const handler = () => client.send(new GetItemCommand({ TableName: 'any', Key: {} }));
`;

const loadMs = (bundle: string): number => {
  const started = process.hrtime.bigint();
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--no-warnings', '-e', `require(${JSON.stringify(bundle)})`],
    {
      env: { ...process.env, AWS_REGION: 'us-east-1' },
    },
  );
  if (status !== 0) throw new Error(`${bundle} does not load: ${stderr}`);
  return Number(process.hrtime.bigint() - started) / 1e6;
};

/** The bundles in an assembly, by function name. */
const bundlesIn = (assembly: string): ReadonlyMap<string, string> =>
  new Map(
    readAssembly(assembly).flatMap(({ template, assets }) =>
      Object.values(template.Resources ?? {})
        .filter(({ Type }) => Type === 'AWS::Lambda::Function')
        .map(({ Properties }): [string, string] => {
          const { FunctionName, Code } = Properties as unknown as { FunctionName: string; Code: { S3Key: string } };
          return [FunctionName.replace(/^ringfence-local-/, ''), join(assets.get(Code.S3Key) ?? '', 'index.js')];
        }),
    ),
  );

/** `node -e require(bundle)`, median of rounds taken in turn, as a ratio to the yardstick. */
export const coldLoad = (assembly: string): Row[] => {
  progress('cold loads …');
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-yardstick-'));
  const only = join(folder, 'index.js');
  buildSync({
    stdin: { contents: yardstick, resolveDir: import.meta.dirname },
    outfile: only,
    ...bundleSettings,
  });
  writeFileSync(join(folder, 'package.json'), '{"type":"commonjs"}');
  const bundles = new Map([['', only], ...bundlesIn(assembly)]);
  const times = new Map([...bundles.keys()].map((name) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, bundle] of bundles) times.get(name)?.push(loadMs(bundle));
  }
  rmSync(folder, { recursive: true });
  const yardstickMs = median(times.get('') ?? []);
  return functions.map(({ name }) => {
    const ratio = median(times.get(name) ?? []) / yardstickMs;
    const most = name === 'authorizer' ? 1.25 : 2;
    return {
      what: `cold load, ${name}`,
      budget: `≤ ${most} × DynamoDB only`,
      measured: `${ratio.toFixed(2)} ×`,
      share: ratio / most,
    };
  });
};
