import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { bundleSettings } from '../lib/constructs/bundle.ts';
import { proxyEventOf } from '../test/harness/proxy-event-of.ts';
import type { Handled } from './detection-process.ts';
import { median, progress, type Row } from './row.ts';
import { functionEnvironment, type System } from './system.ts';

const root = resolve(import.meta.dirname, '..');
const mostPercent = 3;
const rounds = 5;
const pairs = 500;
/** The first ones compile, and fetch what is fetched once. */
const warmUp = 150;
const refusals = 20;
const requests = 200;

/** The seam of logs, metrics and events, doing nothing. */
const silent: Readonly<Record<string, string>> = {
  'log.ts':
    'export const log = () => {}; export const reportSecurityEvent = () => {}; export const reportHealth = () => {};',
  'invocation.ts': 'export const note = () => {}; export const inInvocation = (event, context, run) => run();',
  'observed.ts': 'export const observed = (handler) => handler;',
  'access-watch.ts': 'export const watchAccess = (client) => client;',
};

const silence: Plugin = {
  name: 'silence',
  setup: ({ onLoad }) =>
    onLoad({ filter: /lambdas\/platform\/[a-z-]+\.ts$/ }, ({ path }) => {
      const contents = silent[path.split('/').at(-1) ?? ''];
      return contents === undefined ? undefined : { contents, loader: 'js' };
    }),
};

type Pair = readonly [on: string, off: string];

/** A function's bundle as it is deployed, and the same with the seam silenced. */
const bundle = async (folder: string, name: string, entry: string): Promise<Pair> => {
  const made = (mode: string): string => join(folder, name, mode, 'index.js');
  for (const [mode, plugins] of [
    ['on', []],
    ['off', [silence]],
  ] as const)
    await build({
      entryPoints: [join(root, 'lambdas', entry)],
      outfile: made(mode),
      external: ['bcrypt'],
      plugins: [...plugins],
      ...bundleSettings,
    });
  return [made('on'), made('off')];
};

interface Events {
  readonly good: unknown;
  readonly refused: unknown;
}

/** A bundle in a process of its own, with the rights its function has in the twin. */
const start = ({ twin }: System, name: string, bundle: string): ChildProcess =>
  fork(join(import.meta.dirname, 'detection-process.ts'), {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...functionEnvironment(twin, name), BENCH_BUNDLE: bundle },
  });

const handle = async (child: ChildProcess, event: unknown): Promise<Handled> => {
  const answered = once(child, 'message');
  child.send(event as object);
  const [handled] = (await answered) as [Handled];
  return handled;
};

/** What the fastest tenth stays below: a busy machine makes calls slower, never faster. */
const quick = (ms: readonly number[]): number =>
  [...ms].sort((a, b) => a - b)[Math.floor(ms.length / 10)] ?? Number.NaN;

interface Measured {
  /** Latency of the handler with detection, less the latency without. */
  readonly addedMs: number;
  /** Calls with detection less calls without. */
  readonly added: number;
}

/**
 * Two processes, since what follows an invocation through its awaits slows down a whole process, before Node 24 more
 * than since. They are called in turn, so that whatever else the machine does meets both alike.
 */
const round = async (system: System, name: string, [on, off]: Pair, events: Events): Promise<Measured> => {
  const children = [start(system, name, on), start(system, name, off)] as const;
  const times: [number[], number[]] = [[], []];
  const calls = [0, 0];
  const call = async (which: 0 | 1, event: unknown): Promise<Handled> => handle(children[which], event);
  try {
    for (let pair = 0; pair < pairs; pair += 1) {
      // Each goes first as often as the other.
      for (const which of pair % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
        const { ms, calls: sent, status = 200 } = await call(which, events.good);
        if (status !== 200) throw new Error(`${name} answered ${status} where it should let through.`);
        if (pair < warmUp) continue;
        times[which].push(ms);
        calls[which] = (calls[which] ?? 0) + sent;
      }
    }
    for (let at = 0; at < refusals; at += 1)
      for (const which of [0, 1] as const)
        calls[which] = (calls[which] ?? 0) + (await call(which, events.refused)).calls;
    const [onCalls = 0, offCalls = 0] = calls;
    if (offCalls === 0) throw new Error('No call was counted: this measures nothing.');
    return { addedMs: quick(times[0]) - quick(times[1]), added: onCalls - offCalls };
  } finally {
    for (const child of children) child.kill();
  }
};

/** Processes of the same code differ by a percent or two: several of them. */
const measure = async (
  system: System,
  name: string,
  bundles: Pair,
  events: () => Promise<Events>,
): Promise<Measured> => {
  const measured: Measured[] = [];
  for (let at = 0; at < rounds; at += 1) measured.push(await round(system, name, bundles, await events()));
  return {
    addedMs: median(measured.map(({ addedMs }) => addedMs)),
    added: measured.reduce((sum, { added }) => sum + added, 0),
  };
};

/** A read as its caller sees it, through gateway, authorizer and function; each time authorized anew where said so. */
const requestMs = async ({ twin, call }: System, token: string, path: string, isAnew: boolean): Promise<number> => {
  const times: number[] = [];
  for (let at = 0; at < requests; at += 1) {
    if (isAnew) twin.forgetAuthorizations();
    const started = process.hrtime.bigint();
    await call(token, 'GET', path);
    times.push(Number(process.hrtime.bigint() - started) / 1e6);
  }
  return quick(times);
};

const rowOf = (what: string, addedMs: number, ofMs: number): Row => {
  const percent = (addedMs / ofMs) * 100;
  return {
    what: `detection: latency it adds to ${what}`,
    budget: `≤ ${mostPercent} %`,
    measured: `${percent.toFixed(1)} %`,
    share: Math.max(0, percent) / mostPercent,
  };
};

/** What logs, embedded metrics and security events cost on a request's way: against the same code without them. */
export const detection = async (system: System, token: string): Promise<Row[]> => {
  progress('what detection adds to a request …');
  const created = await system.call(token, 'POST', '/v1/services', { body: { name: 'Seen', aliases: ['seen'] } });
  const { id } = created.json as { id: string };
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-detection-'));
  try {
    writeFileSync(join(folder, 'package.json'), '{"type":"commonjs"}');
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    const methodArn = 'arn:aws:execute-api:us-east-1:000000000000:bench/local/GET/v1/me';
    const ask = (authorizationToken: string) => ({ type: 'TOKEN', methodArn, authorizationToken });
    const read = (authorizer: unknown) =>
      proxyEventOf(
        {
          method: 'GET',
          resource: '/v1/services/{service}',
          pathParameters: { service: id },
          query: {},
          headers: [],
        },
        authorizer,
      );
    const authorizer = await measure(
      system,
      'ringfence-local-authorizer',
      await bundle(folder, 'authorizer', 'authorizer/function.ts'),
      async () => ({ good: ask(`Bearer ${token}`), refused: ask('Bearer junk') }),
    );
    const catalog = await measure(
      system,
      'ringfence-local-catalog',
      await bundle(folder, 'catalog', 'features/catalog/function.ts'),
      async () => {
        // Anew each time, since an assertion lives for minutes only.
        const { payload } = await system.twin.invoke('ringfence-local-authorizer', ask(`Bearer ${token}`));
        return { good: read((payload as { context: unknown }).context), refused: read({}) };
      },
    );
    const ofRead = (isAnew: boolean) => requestMs(system, token, `/v1/services/${id}`, isAnew);
    const added = authorizer.added + catalog.added;
    return [
      {
        what: 'detection: AWS calls it adds to reads and refusals',
        budget: '0',
        measured: `${added}`,
        share: added === 0 ? 0 : 2,
      },
      rowOf('a warm read', catalog.addedMs, await ofRead(false)),
      rowOf('a read that is authorized anew', catalog.addedMs + authorizer.addedMs, await ofRead(true)),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
