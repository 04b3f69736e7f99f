import { randomUUID } from 'node:crypto';
import type { Clock, Credentials, LogLine } from '../types.ts';
import { type Environment, type Outcome, startEnvironment } from './environment.ts';
import { environmentVariables } from './environment-variables.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { type Measured, measureInvocation } from './function-metrics.ts';

/** How an invocation ended. `throttled`: more at once than the reserved concurrency. */
export interface Invocation {
  readonly kind: 'answered' | 'failed' | 'throttled';
  /** JSON: the handler's answer, or `{ errorType, errorMessage, trace }`. */
  readonly payload: string;
  readonly requestId: string;
  readonly logs: readonly LogLine[];
  readonly ms: number;
}

export interface LambdaFunction {
  readonly definition: FunctionDefinition;
  /** Runs the handler with this event. Never throws; authorization is the caller's. A retry keeps its request id. */
  invoke(event: string, requestId?: string): Promise<Invocation>;
  /** Runs the bundle of another folder from now on; the template's again when none is given. */
  replaceCode(directory?: string): void;
  /** Ends idle environments at once and running ones when their invocation ends. */
  stop(): Promise<void>;
}

export interface FunctionHost {
  readonly region: string;
  readonly endpointUrl: string;
  readonly clock: Clock & { readonly shared: SharedArrayBuffer };
  readonly write: (line: LogLine) => void;
  readonly measured: Measured;
  /** Puts the twin's addresses in place of AWS's in a value of the environment. */
  readonly localized: (text: string) => string;
  /** Session credentials of the function's role. */
  readonly issue: (roleName: string, functionName: string) => Credentials;
}

/** More environments than this share their turns: a laptop is not a region. */
const environmentsMax = 8;
/** Starting an environment is pure CPU; more at once only delays the first. */
const startingMax = 2;
const idleMs = 300_000;
/** An environment whose credentials end sooner is replaced, as Lambda replaces its own. */
const credentialMarginMs = 20 * 60_000;

interface Waiting {
  readonly requestId: string;
  readonly event: string;
  readonly answer: (outcome: Outcome) => void;
  readonly logs: LogLine[];
}

interface Slot {
  readonly directory: string;
  readonly environment: Environment;
  readonly credentialsExpireAt: number;
  current?: Waiting | undefined;
  reaper?: NodeJS.Timeout;
}

/** A function and its warm environments: the last used is used first, idle ones end after five minutes. */
export const createFunction = (definition: FunctionDefinition, host: FunctionHost): LambdaFunction => {
  const reserved = definition.reservedConcurrency ?? Number.POSITIVE_INFINITY;
  const queue: Waiting[] = [];
  const idle: Slot[] = [];
  const all = new Set<Slot>();
  let { directory } = definition;
  let starting = 0;
  let running = 0;

  const measure = (call: Parameters<typeof measureInvocation>[2]): void =>
    measureInvocation({ name: definition.name, measured: host.measured }, host.clock.now(), call);

  const retire = (slot: Slot): void => {
    clearTimeout(slot.reaper);
    all.delete(slot);
    slot.environment.stop().catch(() => {});
  };

  const start = async (): Promise<void> => {
    starting += 1;
    const slot = newSlot({ ...definition, directory }, host);
    all.add(slot);
    const failed = await slot.environment.ready;
    starting -= 1;
    if (failed) {
      retire(slot);
      const waiting = queue.shift();
      if (waiting) measure({ kind: 'failed', ms: 0, running });
      waiting?.answer(failed);
    } else if (slot.directory === directory) idle.push(slot);
    else retire(slot);
    pump();
  };

  const serve = async (slot: Slot, waiting: Waiting): Promise<void> => {
    clearTimeout(slot.reaper);
    slot.current = waiting;
    running += 1;
    const { requestId, event } = waiting;
    const begun = performance.now();
    const atOnce = running;
    const outcome = await slot.environment.run({ requestId, event, arn: definition.arn });
    running -= 1;
    const ms = performance.now() - begun;
    measure({ kind: outcome.kind, ms, running: atOnce });
    slot.current = undefined;
    waiting.answer(outcome);
    if (outcome.usable && slot.directory === directory) {
      idle.push(slot);
      slot.reaper = setTimeout(() => {
        idle.splice(idle.indexOf(slot), 1);
        retire(slot);
      }, idleMs).unref();
    } else retire(slot);
    pump();
  };

  const pump = (): void => {
    while (queue.length > 0 && idle.length > 0) {
      const slot = idle.pop();
      if (slot && isSpent(slot, host.clock.now())) retire(slot);
      else if (slot) {
        const waiting = queue.shift();
        if (waiting) void serve(slot, waiting);
      }
    }
    const wanted = Math.min(
      queue.length - starting,
      startingMax - starting,
      Math.min(reserved, environmentsMax) - all.size,
    );
    for (let n = 0; n < wanted; n += 1) void start();
  };

  return {
    definition,
    invoke: async (event, requestId = randomUUID()) => {
      if (running + queue.length >= reserved) {
        measure({ kind: 'throttled' });
        return throttled(requestId);
      }
      const begun = performance.now();
      const logs: LogLine[] = [];
      const outcome = await new Promise<Outcome>((answer) => {
        queue.push({ requestId, event, answer, logs });
        pump();
      });
      return { kind: outcome.kind, payload: outcome.payload, requestId, logs, ms: performance.now() - begun };
    },
    replaceCode: (other = definition.directory) => {
      directory = other;
      for (const slot of idle.splice(0)) retire(slot);
    },
    stop: async () => {
      await Promise.all([...all].map((slot) => slot.environment.stop()));
    },
  };
};

const isSpent = ({ environment, credentialsExpireAt }: Slot, now: number): boolean =>
  environment.isGone() || credentialsExpireAt - now < credentialMarginMs;

const newSlot = (definition: FunctionDefinition, host: FunctionHost): Slot => {
  const credentials = host.issue(definition.roleName, definition.name);
  const slot: Slot = {
    directory: definition.directory,
    credentialsExpireAt: credentials.expiresAt,
    environment: startEnvironment({
      definition,
      variables: environmentVariables(definition, credentials, host),
      clock: host.clock.shared,
      onLine: (message) => {
        const line = { at: host.clock.now(), group: definition.logGroup, message };
        slot.current?.logs.push(line);
        host.write(line);
      },
    }),
  };
  return slot;
};

const throttled = (requestId: string): Invocation => ({
  kind: 'throttled',
  payload: JSON.stringify({
    Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    Type: 'User',
    message: 'Rate Exceeded.',
  }),
  requestId,
  logs: [],
  ms: 0,
});
