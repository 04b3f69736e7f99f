import type { ErrorCode, Problem } from './kernel/errors.ts';

export interface Transport {
  /** Where the API is, without /v1: `https://api.example.com`. */
  readonly url: string;
  /** Absent for what is public. */
  readonly token?: string;
  readonly fetch?: typeof fetch;
  /** How often a call is repeated at most. 3 when absent. */
  readonly retries?: number;
  /** Waits between attempts. Tests pass their own. */
  readonly wait?: (ms: number) => Promise<void>;
}

/** An answer that is no problem. */
export interface Answered<Status extends number, Body> {
  readonly status: Status;
  readonly body: Body;
  /** For `ifMatch`, as it is. */
  readonly etag?: string;
  readonly headers: Headers;
}

/** What a method was called with. */
export interface Sent {
  readonly body?: unknown;
  readonly ifMatch?: string | number;
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
  readonly [parameter: string]: unknown;
}

/** The API refused. `code` is one of a closed list, each with a page under docs/errors/. */
export class ProblemError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly problem: Problem;
  constructor(problem: Problem) {
    const fields = (problem.errors ?? []).map(({ field, expected }) => `${field}: ${expected}`);
    super([`${problem.title}. ${problem.detail}`, ...fields].join('\n'));
    this.name = 'ProblemError';
    this.code = problem.code;
    this.status = problem.status;
    this.problem = problem;
  }
}

/** Something between here and the API answered, or `url` is not its address. */
export class UnexpectedAnswer extends Error {
  readonly status: number;
  constructor(status: number, type: string) {
    super(`Status ${status} with ${type || 'no content type'}: this is no answer of the API. Check the url.`);
    this.name = 'UnexpectedAnswer';
    this.status = status;
  }
}

const reserved = ['body', 'ifMatch', 'idempotencyKey', 'signal'];

const urlOf = (base: string, path: string, sent: Sent): string => {
  const inPath = new Set<string>();
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    inPath.add(name);
    const value = sent[name];
    if (value === undefined || value === '') throw new TypeError(`"${name}" is missing.`);
    return encodeURIComponent(String(value));
  });
  const query = Object.entries(sent)
    .filter(([name, value]) => !reserved.includes(name) && !inPath.has(name) && value !== undefined)
    .map(([name, value]): [string, string] => [name, String(value)]);
  return `${base.replace(/\/+$/, '')}${filled}${query.length > 0 ? `?${new URLSearchParams(query)}` : ''}`;
};

const headersOf = (token: string | undefined, method: string, { body, ifMatch, idempotencyKey }: Sent): Headers => {
  const headers = new Headers({ Accept: 'application/json, application/x-ndjson, application/problem+json' });
  if (token !== undefined) headers.set('Authorization', `Bearer ${token}`);
  if (body !== undefined)
    headers.set('Content-Type', method === 'PATCH' ? 'application/merge-patch+json' : 'application/json');
  if (ifMatch !== undefined) headers.set('If-Match', typeof ifMatch === 'number' ? `"${ifMatch}"` : ifMatch);
  // The key is what makes a repeated POST harmless.
  if (method === 'POST') headers.set('Idempotency-Key', idempotencyKey ?? crypto.randomUUID());
  return headers;
};

/** Lines of JSON as the page that they are: the items, and last where there is more its `next`. */
const pageIn = (text: string): { readonly items: readonly unknown[]; readonly next?: string } => {
  const items: unknown[] = text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const { next } = (items.at(-1) ?? {}) as { readonly next?: string };
  return next === undefined ? { items } : { items: items.slice(0, -1), next };
};

const bodyIn = async (response: Response, isLines: boolean): Promise<unknown> => {
  if (response.status === 204) return undefined;
  return isLines ? pageIn(await response.text()) : response.json();
};

const answeredOf = async (response: Response): Promise<Answered<number, unknown>> => {
  const type = response.headers.get('Content-Type') ?? '';
  if (!response.ok) {
    if (!type.startsWith('application/problem+json')) throw new UnexpectedAnswer(response.status, type);
    throw new ProblemError((await response.json()) as Problem);
  }
  const isJson = type.startsWith('application/json');
  const isLines = type.startsWith('application/x-ndjson');
  if (response.status !== 204 && !isJson && !isLines) throw new UnexpectedAnswer(response.status, type);
  const etag = response.headers.get('ETag');
  return {
    status: response.status,
    body: await bodyIn(response, isLines),
    ...(etag !== null && { etag }),
    headers: response.headers,
  };
};

const longestWaitMs = 20_000;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Full jitter, so that many clients do not return together; never sooner than the API asks. */
const waitMs = (attempt: number, response: Response | undefined): number => {
  const asked = Number(response?.headers.get('Retry-After') ?? 0) * 1000;
  return (Number.isFinite(asked) ? asked : 0) + Math.random() * 200 * 2 ** attempt;
};

type Outcome = { readonly response: Response } | { readonly failed: unknown };

/**
 * Whether the same request may be sent again. 429 and 503 took no effect. After a lost connection or a 504 that is not
 * known: GET has none, POST carries its key, but PUT and DELETE would meet their own effect and answer wrongly.
 */
const mayRepeat = (method: string, outcome: Outcome): boolean => {
  const harmless = method === 'GET' || method === 'POST';
  if ('failed' in outcome) return harmless;
  const { status } = outcome.response;
  return status === 429 || status === 503 || (status === 504 && harmless);
};

/** Makes one call. Throws ProblemError, UnexpectedAnswer, or what `fetch` throws when there is no answer at all. */
export const request = async (transport: Transport, route: string, sent: Sent): Promise<Answered<number, unknown>> => {
  const { token, retries = 3, wait = pause } = transport;
  const send = transport.fetch ?? fetch;
  const [method = '', path = ''] = route.split(' ');
  const url = urlOf(transport.url, path, sent);
  const init: RequestInit = {
    method,
    headers: headersOf(token, method, sent),
    // A token goes to the address it was given for, and nowhere that an answer points to.
    redirect: 'error',
    ...(sent.body !== undefined && { body: JSON.stringify(sent.body) }),
    ...(sent.signal && { signal: sent.signal }),
  };
  for (let attempt = 0; ; attempt += 1) {
    const outcome: Outcome = await send(url, init).then(
      (response) => ({ response }),
      (failed: unknown) => ({ failed }),
    );
    const response = 'response' in outcome ? outcome.response : undefined;
    const delayMs = waitMs(attempt, response);
    const again = attempt < retries && !sent.signal?.aborted && delayMs <= longestWaitMs && mayRepeat(method, outcome);
    if (!again) {
      if ('failed' in outcome) throw outcome.failed;
      return answeredOf(outcome.response);
    }
    await response?.body?.cancel();
    await wait(delayMs);
    sent.signal?.throwIfAborted();
  }
};
