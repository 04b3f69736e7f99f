import type { Fault, LogLine, SdkCall } from '../../local/types.ts';
import type { TwinAddresses } from './run-twin.ts';

interface Since<T> {
  readonly next: number;
  readonly entries: readonly T[];
}

export interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** The tests' hands on a twin. */
export interface Control {
  advanceClock(ms: number): Promise<void>;
  now(): Promise<number>;
  /** Spares the functions that nobody waits for, unless it says whom it spares. */
  fault(fault: Fault): Promise<void>;
  clearFaults(): Promise<void>;
  /** SDK calls, without those of AWS services and of functions that nobody waits for: they come when it suits them. */
  calls(since?: number): Promise<Since<SdkCall>>;
  /** How many there were so far: `since` for those to come. */
  callsSoFar(): Promise<number>;
  /** Those too. */
  allCalls(since?: number): Promise<Since<SdkCall>>;
  logs(since?: number): Promise<Since<LogLine>>;
  /** How many lines there were so far. */
  logsSoFar(): Promise<number>;
  /** A session of a role of the template, past its trust policy. */
  session(role: string, tags?: Readonly<Record<string, string>>): Promise<Session>;
  /** A function invoked as if by somebody who may: past the gateway and the authorizer. */
  invoke(
    fn: string,
    event: unknown,
  ): Promise<{ readonly payload: unknown; readonly functionError?: string; readonly logs: readonly string[] }>;
  throttle(on: boolean): Promise<void>;
  /** Drops the gateway's remembered authorizer answers, as if their time had passed. */
  forgetAuthorizations(): Promise<void>;
}

/** The archive follows the audit table's stream; the pager, alarms, which CloudWatch publishes. */
const background = ['ringfence-local-archive', 'ringfence-local-pager'];
const isInBackground = (principal: string): boolean =>
  principal.endsWith('.amazonaws.com') || background.some((role) => principal.includes(`:assumed-role/${role}/`));

export const controlOf = ({ controlUrl }: Pick<TwinAddresses, 'controlUrl'>): Control => {
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${controlUrl}${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as T & { error?: string };
    if (!response.ok) throw new Error(`${method} ${path}: ${answer.error}`);
    return answer;
  };
  const allCalls = (since = 0) => call<Since<SdkCall>>('GET', `/calls?since=${since}`);
  return {
    advanceClock: async (advanceMs) => void (await call('POST', '/clock', { advanceMs })),
    now: async () => (await call<{ now: number }>('GET', '/clock')).now,
    fault: async (fault) => void (await call('POST', '/faults', { spares: background, ...fault })),
    clearFaults: async () => void (await call('DELETE', '/faults')),
    calls: async (since) => {
      const { next, entries } = await allCalls(since);
      return { next, entries: entries.filter(({ principal }) => !isInBackground(principal)) };
    },
    callsSoFar: async () => (await allCalls(Number.MAX_SAFE_INTEGER)).next,
    allCalls,
    logs: (since = 0) => call('GET', `/logs?since=${since}`),
    logsSoFar: async () => (await call<Since<LogLine>>('GET', `/logs?since=${Number.MAX_SAFE_INTEGER}`)).next,
    session: (role, tags) => call('POST', '/credentials', { role, tags }),
    invoke: (fn, event) => call('POST', '/invoke', { function: fn, event }),
    throttle: async (on) => void (await call('POST', '/throttle', { on })),
    forgetAuthorizations: async () => void (await call('POST', '/authorizations/forget', {})),
  };
};
