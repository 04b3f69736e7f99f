import { contract, errors } from '../../../lambdas/contract.ts';
import { ask, type Reply } from '../../harness/http.ts';
import type { FreshTenant } from '../../harness/tenant.ts';
import { type TestTwin, workerTwin } from '../../harness/twin.ts';

let twin: TestTwin;
let tenant: FreshTenant;

beforeAll(async () => {
  twin = await workerTwin();
  tenant = await twin.tenant();
});
afterEach(() => twin.control.clearFaults());

const get = (path: string, token?: string): Promise<Reply> =>
  ask(twin.addresses.apiUrl, 'GET', path, token === undefined ? {} : { token });

/** Of every answer, whoever gave it. */
const expectHeaders = (reply: Reply): void =>
  expect(reply.headers).toMatchObject({
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'x-content-type-options': 'nosniff',
  });

it.each(contract.filter(({ permission }) => permission !== 'public').map(({ method, path }) => [method, path]))(
  '%s %s tells a caller without a credential how to authenticate',
  async (method, path) => {
    const reply = await ask(twin.addresses.apiUrl, method, path.replace(/\{\w+\}/, 'a'));
    expectHeaders(reply);
    expect([reply.status, reply.headers['www-authenticate']]).toEqual([401, 'Bearer realm="ringfence"']);
  },
);

it('a path that no route has is refused with the headers of every answer', async () => {
  const reply = await get('/v1/nothing', tenant.token);
  expectHeaders(reply);
  expect(reply.json).toMatchObject({ code: 'route-not-found' });
});

it('a token without the permission is told so, in the header that the gateway leaves it', async () => {
  const { token } = await tenant.issue({ role: 'viewer' });
  const reply = await get('/v1/tokens', token);
  expectHeaders(reply);
  expect(reply.json).toMatchObject({ code: 'permission-denied' });
  // API Gateway keeps WWW-Authenticate for itself and renames a function's own.
  expect(reply.headers['x-amzn-remapped-www-authenticate']).toBe(
    'Bearer realm="ringfence", error="insufficient_scope"',
  );
});

it('a busy service answers when to come back', async () => {
  await get('/v1/teams', tenant.token);
  await twin.control.fault({ service: 'dynamodb', operation: 'Query', kind: 'throttle', times: 50 });
  const reply = await get('/v1/teams', tenant.token);
  expectHeaders(reply);
  expect([reply.status, reply.json, reply.headers['retry-after']]).toEqual([
    errors.unavailable.status,
    expect.objectContaining({ code: 'unavailable' }),
    expect.stringMatching(/^[1-9]\d*$/),
  ]);
});
