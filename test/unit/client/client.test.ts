import { type Client, createClient, ProblemError, UnexpectedAnswer } from '../../../lambdas/client.ts';
import { contract } from '../../../lambdas/contract.ts';
import { type ErrorCode, problemMediaType, problemOf } from '../../../lambdas/kernel/errors.ts';

interface Seen {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: string | undefined;
  readonly redirect: string | undefined;
}
type Step = () => Response;

const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Step => {
  const sent = { 'Content-Type': 'application/json', ...headers };
  return () =>
    new Response(status === 204 ? null : JSON.stringify(body), { status, headers: status === 204 ? {} : sent });
};
const problem = (code: ErrorCode, headers: Record<string, string> = {}): Step => {
  const body = problemOf(code);
  return () => Response.json(body, { status: body.status, headers: { 'Content-Type': problemMediaType, ...headers } });
};
const lost: Step = () => {
  throw new TypeError('fetch failed');
};

/** A client that meets these answers in turn, the last one again and again. */
const clientOf = (...steps: readonly Step[]) => {
  const seen: Seen[] = [];
  const waits: number[] = [];
  const client = createClient({
    url: 'https://api.example.com/live/',
    token: 'secret-token',
    wait: async (ms) => {
      waits.push(ms);
    },
    fetch: async (url, init = {}) => {
      const { method = '', body, redirect } = init;
      const headers = new Headers(init.headers);
      seen.push({ url: String(url), method, headers, redirect, body: typeof body === 'string' ? body : undefined });
      const step = steps[Math.min(seen.length, steps.length) - 1];
      if (!step) throw new Error('No answer is prepared.');
      return step();
    },
  });
  return { client, seen, waits };
};

describe('the client', () => {
  it('has a method for each operation of the contract that is no page for people, at its method and path', async () => {
    const { client, seen } = clientOf(json({}));
    const called = contract.filter(({ answers }) => !answers.html);
    expect(Object.keys(client).sort()).toEqual(called.map(({ operation }) => operation).sort());
    for (const { operation, method, path } of called) {
      const call = client[operation as keyof Client] as (sent: object) => Promise<unknown>;
      await call(Object.fromEntries([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name, 'a'])));
      const last = seen.at(-1);
      expect(last?.method).toBe(method);
      expect(new URL(last?.url ?? '').pathname).toBe(`/live${path.replace(/\{\w+\}/, 'a')}`);
    }
  });

  it('puts parameters, body and headers where they belong', async () => {
    const { client, seen } = clientOf(json({ id: 'svc' }, 200, { ETag: '"8"' }));
    const answered = await client.replaceService({ service: 'a/b?c', body: { name: 'A' }, ifMatch: 7 });
    expect(answered).toMatchObject({ status: 200, body: { id: 'svc' }, etag: '"8"' });
    expect(answered.headers.get('ETag')).toBe('"8"');
    expect(seen[0]).toMatchObject({
      url: 'https://api.example.com/live/v1/services/a%2Fb%3Fc',
      method: 'PUT',
      body: '{"name":"A"}',
      redirect: 'error',
    });
    expect(Object.fromEntries(seen[0]?.headers ?? [])).toMatchObject({
      authorization: 'Bearer secret-token',
      'content-type': 'application/json',
      'if-match': '"7"',
    });
    await client.listServices({ owner: 'team_AAAAAAAAAAAAAAAA', tier: 1, limit: 2, cursor: 'a.b&c' });
    expect(seen[1]?.url).toMatch(/\/services\?owner=team_A{16}&tier=1&limit=2&cursor=a\.b%26c$/);
    expect(seen[1]?.headers.has('Idempotency-Key')).toBe(false);
  });

  it('answers no body for 204, and takes an ETag as it was answered', async () => {
    const { client, seen } = clientOf(json(undefined, 204));
    const answered = await client.deleteTeam({ team: 'ledger', ifMatch: '"3"' });
    expect(answered).toMatchObject({ status: 204, body: undefined });
    expect(answered).not.toHaveProperty('etag');
    expect(seen[0]?.headers.get('If-Match')).toBe('"3"');
  });

  it('does not send a request whose path would be another one', async () => {
    const { client, seen } = clientOf(json({}));
    await expect(client.readService({ service: '' })).rejects.toThrow('"service" is missing');
    expect(seen).toHaveLength(0);
  });

  it('throws the problem with its code, and what was expected of which field', async () => {
    const refused = problemOf('invalid-request', [{ field: 'body.tier', expected: 'at most 4' }]);
    const { client } = clientOf(() =>
      Response.json(refused, { status: 400, headers: { 'Content-Type': problemMediaType } }),
    );
    const error: unknown = await client.createTeam({ body: { name: 'A' } }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProblemError);
    expect(error).toMatchObject({ code: 'invalid-request', status: 400, problem: refused });
    expect(String(error)).toContain('body.tier: at most 4');
  });

  it('tells an answer that is not of the API from one that is', async () => {
    const page: Step = () => new Response('<html>', { status: 502, headers: { 'Content-Type': 'text/html' } });
    await expect(clientOf(page).client.readMe()).rejects.toThrow(UnexpectedAnswer);
    const portal: Step = () => new Response('<html>', { status: 200, headers: { 'Content-Type': 'text/html' } });
    await expect(clientOf(portal).client.readMe()).rejects.toThrow(/Check the url/);
  });
});

describe('a call that did not get through', () => {
  it.each(['rate-limited', 'unavailable'] as const)('is repeated after %s, not sooner than asked', async (code) => {
    const { client, seen, waits } = clientOf(problem(code, { 'Retry-After': '2' }), json({}, 201));
    await client.replaceTeam({ team: 'a', body: { name: 'A' }, ifMatch: 1 });
    expect(seen).toHaveLength(2);
    expect(waits[0]).toBeGreaterThanOrEqual(2000);
    expect(waits[0]).toBeLessThan(2300);
  });

  it('has one idempotency key for all its attempts, and another call has another', async () => {
    const { client, seen } = clientOf(lost, problem('deadline-exceeded'), json({}, 201));
    await client.createTeam({ body: { name: 'A' } });
    await client.createTeam({ body: { name: 'A' } });
    await client.createTeam({ body: { name: 'A' }, idempotencyKey: 'mine' });
    const keys = seen.map(({ headers }) => headers.get('Idempotency-Key'));
    expect(keys).toHaveLength(5);
    expect(new Set(keys.slice(0, 3)).size).toBe(1);
    expect(new Set(keys).size).toBe(3);
    expect(keys.at(-1)).toBe('mine');
  });

  it('gives up after three repetitions, with the last refusal', async () => {
    const { client, seen } = clientOf(problem('rate-limited', { 'Retry-After': '1' }));
    await expect(client.readMe()).rejects.toMatchObject({ code: 'rate-limited' });
    expect(seen).toHaveLength(4);
  });

  it('does not wait longer than anybody would', async () => {
    const { client, seen, waits } = clientOf(problem('unavailable', { 'Retry-After': '3600' }));
    await expect(client.readMe()).rejects.toMatchObject({ code: 'unavailable' });
    expect([seen.length, waits.length]).toEqual([1, 0]);
  });

  it.each([
    ['a lost connection', lost],
    ['a 504', problem('deadline-exceeded')],
  ])('is not repeated after %s when it could meet its own effect', async (_, step) => {
    const { client, seen } = clientOf(step);
    await expect(client.replaceTeam({ team: 'a', body: { name: 'A' }, ifMatch: 1 })).rejects.toThrow();
    await expect(client.deleteTeam({ team: 'a' })).rejects.toThrow();
    expect(seen).toHaveLength(2);
  });

  it.each(['unauthenticated', 'alias-taken', 'internal'] as const)('is not repeated after %s', async (code) => {
    const { client, seen } = clientOf(problem(code));
    await expect(client.createTeam({ body: { name: 'A' } })).rejects.toMatchObject({ code });
    expect(seen).toHaveLength(1);
  });

  it('ends when its caller ends it', async () => {
    const stop = new AbortController();
    const { client, seen } = clientOf(() => {
      stop.abort();
      throw new DOMException('Aborted', 'AbortError');
    });
    await expect(client.readMe({ signal: stop.signal })).rejects.toThrow('Aborted');
    expect(seen).toHaveLength(1);
  });
});
