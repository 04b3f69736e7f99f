import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contract, type Operation } from '../../../lambdas/contract.ts';
import { mediaTypeOf } from '../../../lambdas/kernel/define-route.ts';
import { bodyOf } from '../../harness/body-of.ts';
import { ask, type Reply } from '../../harness/http.ts';
import type { FreshTenant } from '../../harness/tenant.ts';
import { type TestTwin, workerTwin } from '../../harness/twin.ts';
import { askOf, urlOf, validRequest } from '../../harness/valid-request.ts';
import { ServedDocument } from '../fuzz/served-document.ts';

type Paths = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const routesIn = (paths: Paths): readonly string[] =>
  Object.entries(paths)
    .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`))
    .sort();

/** The API that the twin runs, as the synthesized template has it. */
const templated = (): Paths => {
  const file = join(process.env.RINGFENCE_TEST_ASSEMBLY ?? '', 'api.template.json');
  const { Resources } = JSON.parse(readFileSync(file, 'utf8')) as {
    Resources: Record<string, { Type: string; Properties: { Body: { paths: Paths } } }>;
  };
  const api = Object.values(Resources).find(({ Type }) => Type === 'AWS::ApiGateway::RestApi');
  return api?.Properties.Body.paths ?? {};
};

let twin: TestTwin;
let tenant: FreshTenant;
let api: ServedDocument;

beforeAll(async () => {
  twin = await workerTwin();
  tenant = await twin.tenant();
  const served = await ask(twin.addresses.apiUrl, 'GET', '/v1/openapi.json');
  api = new ServedDocument(served.json as ServedDocument['document']);
});

it('template, contract and served document have the same routes', () => {
  const declared = contract.map(({ method, path }) => `${method} ${path}`).sort();
  expect(routesIn(templated())).toEqual(declared);
  expect(routesIn(api.document.paths)).toEqual(declared);
});

describe.each(contract.map((route) => [route.operation, route] as const))('%s', (_name, route: Operation) => {
  let reply: Reply;

  beforeAll(async () => {
    const request = await validRequest(route, twin.addresses.apiUrl, tenant);
    const token = route.permission === 'public' ? undefined : tenant.token;
    reply = await ask(twin.addresses.apiUrl, route.method, urlOf(request), askOf(request, token));
  });

  it('does a valid request with its own status, and a body that its document describes', () => {
    expect([reply.status, reply.text === '']).toEqual([route.answers.status, route.answers.body === undefined]);
    if (!route.answers.body) return;
    expect(reply.headers['content-type']).toBe(mediaTypeOf(route));
    const validate = api.answer(api.operation(route), reply.status, mediaTypeOf(route));
    expect(validate?.(bodyOf(route, reply.text)) || validate?.errors).toBe(true);
  });

  it('sends the headers that its document names, and those of every answer', () => {
    const { headers = {} } = api.operation(route).responses[reply.status] as { headers?: object };
    // A first answer is no replay.
    const named = Object.keys(headers).filter((name) => name !== 'Idempotency-Replayed');
    for (const name of named) expect([name, reply.headers[name.toLowerCase()]]).toEqual([name, expect.any(String)]);
    expect('etag' in reply.headers).toBe(route.etag === true);
    expect(reply.headers).toMatchObject({
      'cache-control': 'no-store',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'x-content-type-options': 'nosniff',
    });
  });

  it('answers a Location that reads what was made', async () => {
    const { location } = reply.headers;
    if (location === undefined) return;
    const read = await ask(twin.addresses.apiUrl, 'GET', String(location), { token: tenant.token });
    expect([read.status, read.headers.etag]).toEqual([200, reply.headers.etag]);
    // Read alone, a thing may be answered with what stands beside it.
    expect(read.json).toMatchObject(reply.json as object);
  });
});
