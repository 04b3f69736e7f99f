import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { errorCode } from '../error-code.ts';
import type { FunctionDefinition } from './function-definition.ts';
import type { FromRuntime, Invoke, RuntimeData } from './messages.ts';

/** How an invocation ended in its environment. `usable` says whether the environment can take another one. */
export interface Outcome {
  readonly kind: 'answered' | 'failed';
  readonly payload: string;
  readonly usable: boolean;
}

/** One execution environment: a worker thread with the bundle loaded. It serves one invocation at a time. */
export interface Environment {
  /** Resolves when the bundle is loaded; with the error payload when it is not, and the environment is gone. */
  readonly ready: Promise<Outcome | undefined>;
  /** Whether the worker ended, for what a handler left running after its answer. */
  isGone(): boolean;
  /** Ends after `timeoutSeconds` at the latest, by ending the worker. Never throws. */
  run(invoke: Omit<Invoke, 'deadline'>): Promise<Outcome>;
  stop(): Promise<unknown>;
}

export interface EnvironmentOptions {
  readonly definition: FunctionDefinition;
  readonly variables: Record<string, string>;
  readonly clock: SharedArrayBuffer;
  readonly onLine: (message: string) => void;
}

/** Lambda's own limit of the initialization phase. */
const initSecondsMax = 10;

export const startEnvironment = ({ definition, variables, clock, onLine }: EnvironmentOptions): Environment => {
  const worker = startWorker(definition, variables, clock);
  let settle: (outcome: Outcome | undefined) => void = () => {};
  let requestId = '';
  let gone: Outcome | undefined;

  const next = (seconds: number): Promise<Outcome | undefined> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => end(timedOut(requestId, seconds)), seconds * 1000);
      settle = (outcome) => {
        clearTimeout(timer);
        resolve(outcome);
      };
    });
  const end = (outcome: Outcome): void => {
    gone ??= outcome;
    settle(gone);
    worker.terminate().catch(() => {});
  };

  worker.on('message', (message: FromRuntime) => {
    if (message.kind === 'log') onLine(message.message);
    else if (message.kind === 'ready') settle(undefined);
    else if (message.kind === 'init-failed') {
      const { errorType, errorMessage } = JSON.parse(message.payload);
      onLine(`${errorType}: ${errorMessage}`);
      end({ kind: 'failed', payload: message.payload, usable: false });
    } else settle({ kind: message.kind, payload: message.payload, usable: true });
  });
  worker.on('error', (error) => end(crashed(requestId, asError(error))));
  worker.on('exit', (code) => end(exited(requestId, `exit status ${code}`)));

  const ready = next(initSecondsMax);
  return {
    ready,
    isGone: () => gone !== undefined,
    run: async (invoke) => {
      if (gone) return gone;
      requestId = invoke.requestId;
      const outcome = next(definition.timeoutSeconds);
      worker.postMessage({ ...invoke, deadline: Date.now() + definition.timeoutSeconds * 1000 } satisfies Invoke);
      const ended = (await outcome) ?? exited(requestId, 'no answer');
      if (ended.kind === 'failed' && !ended.usable) onLine(`${requestId} ${JSON.parse(ended.payload).errorMessage}`);
      return ended;
    },
    stop: () => worker.terminate(),
  };
};

const startWorker = (definition: FunctionDefinition, env: Record<string, string>, clock: SharedArrayBuffer): Worker => {
  const { directory, handler, logFormat } = definition;
  const worker = new Worker(join(import.meta.dirname, 'runtime.cjs'), {
    workerData: { directory, handler, logFormat, clock } satisfies RuntimeData,
    env,
    execArgv: ['--no-warnings'],
    resourceLimits: { maxOldGenerationSizeMb: definition.memoryMb },
  });
  worker.unref();
  return worker;
};

const failure = (errorType: string, errorMessage: string, trace: readonly string[] = []): Outcome => ({
  kind: 'failed',
  payload: JSON.stringify({ errorType, errorMessage, trace }),
  usable: false,
});

const timedOut = (requestId: string, seconds: number): Outcome =>
  failure('Sandbox.Timedout', `RequestId: ${requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`);

const exited = (requestId: string, how: string): Outcome =>
  failure('Runtime.ExitError', `RequestId: ${requestId} Error: Runtime exited with error: ${how}`);

const crashed = (requestId: string, error: Error): Outcome =>
  errorCode(error) === 'ERR_WORKER_OUT_OF_MEMORY'
    ? exited(requestId, 'signal: killed')
    : failure(error.name, error.message, error.stack?.split('\n'));

/** A handler may throw anything, later, where nobody catches it. */
const asError = (thrown: unknown): Error =>
  typeof thrown === 'object' && thrown !== null && 'stack' in thrown ? (thrown as Error) : new Error(String(thrown));
