import { contract, type Operation, tokenPattern } from '../../../lambdas/contract.ts';
import { creations, madeIn } from '../../harness/creations.ts';
import { ask } from '../../harness/http.ts';
import { type SoloTwin, soloTwin } from '../../harness/solo-twin.ts';
import type { FreshTenant } from '../../harness/tenant.ts';
import { type FunctionInProcess, functionInProcess } from './function-in-process.ts';
import { fuzzRoute, type Send } from './fuzz-route.ts';
import type { FuzzAnswer } from './judge-answer.ts';
import { pathOf, proxyEventOf, queryOf } from './proxy-request.ts';
import { ServedDocument } from './served-document.ts';

const runs = Number(process.env.FUZZ_RUNS ?? 120);
const runsOverHttp = Math.ceil(runs / 10);
/** A failure prints it: give it back to see the same requests. */
const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
/** So many of a hundred requests must be done, or the fuzz would only knock at closed doors. */
const doneShare = 20;
const timeoutMs = 300_000;

const headersOf = (headers: Readonly<Record<string, unknown>> = {}): FuzzAnswer['headers'] =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));

const routesOf = (routes: readonly Operation[]) => routes.map((route) => [route.operation, route] as const);

let twin: SoloTwin;
let tenant: FreshTenant;
let api: ServedDocument;
const pool: string[] = [];

/** Two of each, so that lists have a second page. */
const fillPool = async (): Promise<void> => {
  const call = async (method: string, path: string, body?: object) =>
    (await ask(twin.addresses.apiUrl, method, path, { token: tenant.token, body })).json;
  for (const { open, body } of creations) {
    const { path, list } = await open(twin.addresses.apiUrl, tenant);
    for (const n of [1, 2]) pool.push(...madeIn(await call('POST', path, body(n))));
    pool.push(((await call('GET', `${list}?limit=1`)) as { next?: string }).next ?? '');
  }
};

const assertionOf = async (token: string): Promise<string> => {
  const methodArn = 'arn:aws:execute-api:us-east-1:000000000000:api/local/GET/v1/me';
  const event = { type: 'TOKEN', methodArn, authorizationToken: `Bearer ${token}` };
  const { payload } = await twin.control.invoke('ringfence-local-authorizer', event);
  return (payload as { context: { assertion: string } }).context.assertion;
};

beforeAll(async () => {
  twin = await soloTwin();
  await twin.control.throttle(false);
  tenant = await twin.tenant();
  const served = await ask(twin.addresses.apiUrl, 'GET', '/v1/openapi.json');
  api = new ServedDocument(served.json as ServedDocument['document']);
  await fillPool();
});
afterAll(() => twin.end());

describe.each([...new Set(contract.map(({ feature }) => feature))])('the function %s, in this process', (feature) => {
  let fn: FunctionInProcess;
  let assertion: string;
  const send: Send = async (route, request) => {
    const { statusCode, headers, body } = await fn.handle(proxyEventOf(route, request, assertion));
    return { status: statusCode, headers: headersOf(headers), text: body };
  };

  beforeAll(async () => {
    fn = await functionInProcess(twin, feature);
    assertion = await assertionOf(tenant.token);
  });
  afterAll(async () => {
    await fn.end();
  });

  it.each(routesOf(contract.filter((route) => route.feature === feature)))(
    `%s answers ${runs} requests as the document says, valid or not, and does a fair share of them`,
    async (_name, route) => {
      const tally = await fuzzRoute(route, { api, pool, numRuns: runs, seed, send });
      if ((tally.done ?? 0) < (runs * doneShare) / 100) throw new Error(`Too few were done: ${JSON.stringify(tally)}`);
    },
    timeoutMs,
  );

  it('wrote nothing in all this that looks like a credential', () => {
    expect(fn.written()).not.toMatch(tokenPattern);
    expect(fn.written()).not.toMatch(/eyJ[\w-]+\.eyJ/);
  });
});

describe('over HTTP', () => {
  const send: Send = async (route, request) => {
    const query = queryOf(request);
    const reply = await ask(twin.addresses.apiUrl, route.method, pathOf(route, request) + (query && `?${query}`), {
      token: tenant.token,
      headers: request.headers,
      ...(request.body !== undefined && { raw: request.body }),
    });
    return { status: reply.status, headers: headersOf(reply.headers), text: reply.text };
  };

  it.each(routesOf(contract))(
    `%s answers ${runsOverHttp} requests as the document says`,
    async (_name, route) => {
      await fuzzRoute(route, { api, pool, numRuns: runsOverHttp, seed, send });
    },
    timeoutMs,
  );
});
