/** `npm start`: synthesizes stage local, runs it on this machine, and shows what to do with it. */
import { relative, resolve } from 'node:path';
import { StageError } from '../lib/stage.ts';
import { startControl } from '../local/control.ts';
import type { RequestSeen } from '../local/gateway/rest-api.ts';
import { stopOnSignals } from '../local/stop-on-signals.ts';
import { startTwin, type Twin } from '../local/twin.ts';
import { TwinError } from '../local/twin-error.ts';
import type { LogLine } from '../local/types.ts';
import { callOperators } from './call-operators.ts';
import { CommandError } from './command-error.ts';
import { putPagerSecret, startOnCall } from './on-call.ts';
import type { OperatorsEndpoint } from './operators-endpoint.ts';
import { parseWords } from './parse-words.ts';
import { migrateTenants } from './tenant-data/migrate-tenants.ts';

const help = `npm start: run Ringfence on this machine, without an AWS account

Usage: npm start -- [options]

  --port <port>    Port of the API (default 4000)
  --data <folder>  Where data is kept between runs (default .ringfence)
  --fresh          Empty the data folder first
`;

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const demoTenants = [
  { slug: 'acme', name: 'Acme', ownerEmail: 'owner@acme.example' },
  { slug: 'globex', name: 'Globex', ownerEmail: 'owner@globex.example' },
];

interface Demo {
  readonly name: string;
  readonly tenant: string;
  /** None once an operator has taken it over with the command line. */
  readonly token?: string;
}

const endpointOf = (twin: Twin): OperatorsEndpoint => {
  const url = Object.values(twin.outputs).find((outputs) => outputs.OperatorsUrl)?.OperatorsUrl;
  if (!url) throw new CommandError('The template has no output OperatorsUrl. lib/stacks/api.ts makes it.');
  return { url, region: twin.region, credentials: twin.administrator };
};

/** Those that were not offboarded: a slug is never used again. */
const stayingDemos = async (endpoint: OperatorsEndpoint): Promise<typeof demoTenants> => {
  const { items } = await callOperators<{ items: { slug: string; state: string }[] }>(endpoint, { command: 'list' });
  const gone = items.filter(({ state }) => state.startsWith('offboard')).map(({ slug }) => slug);
  return demoTenants.filter(({ slug }) => !gone.includes(slug));
};

/** Data of an earlier version becomes what this one writes. */
const migrate = async (endpoint: OperatorsEndpoint): Promise<void> => {
  for await (const { slug, migrated } of migrateTenants(endpoint, undefined))
    for (const [collection, count] of Object.entries(migrated))
      say(`  ${slug}: ${count} ${collection} of an earlier version are brought to the newest schema.`);
};

/** Never confirmed, so that each start gives a new first token in the place of the old one. */
const onboard = async (endpoint: OperatorsEndpoint, tenant: (typeof demoTenants)[number]): Promise<Demo> => {
  const { registration, token } = await callOperators<{
    registration: { tenant: string; name: string };
    token?: string;
  }>(endpoint, {
    command: 'create',
    ...tenant,
  });
  return { name: registration.name, tenant: registration.tenant, ...(token && { token }) };
};

const screen = (twin: Twin, demos: readonly Demo[], data: string): string => {
  const variable = ({ name }: Demo) => name.toUpperCase();
  const [first] = demos;
  const bearer = `-H "Authorization: Bearer $${first ? variable(first) : 'TOKEN'}"`;
  return `
  Ringfence runs on this machine.

  API        ${twin.apiUrl}   (reference: ${twin.apiUrl}/docs)
  Operators  npx ringfence tenants list
  Data       ${relative(process.cwd(), data) || data}   (kept between runs; "npm start -- --fresh" empties it)

  Two demo tenants, each with a new owner's token. Copy these lines into another terminal:

  API=${twin.apiUrl}
${demos.map((demo) => `  ${variable(demo)}=${demo.token}   # ${demo.tenant}`).join('\n')}

  and try:

  curl -s $API/v1/me ${bearer}
  curl -s $API/v1/services ${bearer} -H "Content-Type: application/json" -d '{"name":"Checkout","aliases":["checkout"],"tier":1}'
  curl -s $API/v1/services/checkout ${bearer}

  or bring in a catalog: RINGFENCE_TOKEN=$${first ? variable(first) : 'TOKEN'} npx ringfence catalog import examples/teashop

  Attack it from another terminal: npm run drill

  Ctrl-C stops it. Each request, and each page to the on-call, shows below.
`;
};

const colours: Readonly<Record<string, string>> = { 2: '\u001b[32m', 4: '\u001b[33m', 5: '\u001b[31m' };
const coloured = (status: number): string => {
  const colour = process.stdout.isTTY && !process.env.NO_COLOR ? colours[String(status)[0] ?? ''] : undefined;
  return colour ? `${colour}${status}\u001b[0m` : String(status);
};

const requestLine = ({ at, method, path, status, ms, authorizer, why }: RequestSeen): string => {
  const who = typeof authorizer?.tenant === 'string' ? authorizer.tenant : '-';
  return `  ${new Date(at).toISOString().slice(11, 19)}  ${coloured(status)}  ${method.padEnd(6)} ${path.padEnd(40)} ${who.padEnd(16)} ${ms.toFixed(0)} ms${why ? `  ${why}` : ''}`;
};

/** What a function reports as its own failure: the rest of its log is for a deployed stage. */
const errorLine = ({ group, message }: LogLine): string | undefined =>
  /"level":"error"|^(Error|Uncaught|\w*Error:)/.test(message) ? `  ${group}  ${message.trimEnd()}` : undefined;

const options = {
  port: { type: 'string', default: '4000' },
  data: { type: 'string', default: '.ringfence' },
  fresh: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const parse = (args: readonly string[]) => {
  const { values } = parseWords(args, options, { allowPositionals: false, help: 'npm start -- --help' });
  const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : Number.NaN;
  if (!(port <= 65_535)) throw new CommandError(`--port is "${values.port}": give a port from 0 to 65535.`, 2);
  if (!values.data) throw new CommandError('--data is empty: name a folder, such as .ringfence.', 2);
  return { ...values, port, data: resolve(values.data) };
};

const run = async (args: readonly string[]): Promise<void> => {
  const { help: isHelp, port, data, fresh } = parse(args);
  if (isHelp) return say(help);
  const assembly = async (): Promise<string> => {
    say('Synthesizing stage local …');
    // The CDK takes seconds to load, and is not needed to refuse an option or a data folder.
    const { synthesize } = await import('../lib/synthesize.ts');
    const folder = synthesize('local', resolve('cdk.out/local'));
    say('Starting the twin …');
    return folder;
  };
  const onRequest = (seen: RequestSeen) => say(requestLine(seen));
  const onLog = (line: LogLine) => {
    const text = errorLine(line);
    if (text) say(text);
  };
  const onCall = await startOnCall(say);
  const beside = { standIns: onCall.url };
  const twin = await startTwin({ assembly, data, port, fresh, beside, onRequest, onLog });
  const control = await startControl(twin, 0);
  twin.announce({ control: control.url });
  const stop = async (): Promise<void> => {
    await Promise.all([control.stop(0), twin.stop()]);
    await onCall.stop();
  };
  stopOnSignals(stop);
  try {
    await putPagerSecret(twin, onCall);
    say('Onboarding two demo tenants …');
    const endpoint = endpointOf(twin);
    const demos: Demo[] = [];
    for (const tenant of await stayingDemos(endpoint)) demos.push(await onboard(endpoint, tenant));
    await migrate(endpoint);
    say(screen(twin, demos, data));
  } catch (error) {
    await stop();
    throw error;
  }
};

export const main = async (args: readonly string[]): Promise<number> => {
  try {
    await run(args);
    return 0;
  } catch (error) {
    if (!(error instanceof TwinError || error instanceof CommandError || error instanceof StageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(error instanceof CommandError ? error.exitCode : 1);
  }
};
