import { z } from 'zod';
import { contract, errors, type Operation, problemMediaType } from '../../../lambdas/contract.ts';
import { errorsOf } from '../../../lambdas/kernel/define-route.ts';
import type { Reply } from '../../harness/http.ts';
import type { FreshTenant } from '../../harness/tenant.ts';
import { type TestTwin, workerTwin } from '../../harness/twin.ts';
import { validRequest } from '../../harness/valid-request.ts';
import type { BadCase } from './bad-case.ts';
import { bodyCases } from './body-cases.ts';
import { headerCases } from './header-cases.ts';
import { type Sent, send, sentOf, withHeader, withProperty } from './sent.ts';
import { urlCases } from './url-cases.ts';

const inside = /arn:aws|at Object\.|node_modules|DynamoDB|Exception|x-amz|ringfence-|\.[jt]s:\d/;

/** Every property of a route's body, sent as another type than its own. */
const typeCases = (route: Operation): readonly BadCase[] =>
  Object.entries<z.ZodType>(route.input.body instanceof z.ZodObject ? route.input.body.shape : {}).map(
    ([name, schema]) => ({
      name: `another type as ${name}`,
      applies: () => true,
      spoil: (sent) => withProperty(sent, name, schema.safeParse(true).success ? 7 : true),
      code: 'invalid-request',
      field: `body.${name}`,
    }),
  );

const casesOf = (route: Operation): readonly (readonly [string, BadCase])[] =>
  [...urlCases, ...headerCases, ...bodyCases, ...typeCases(route)]
    .filter(({ applies }) => applies(route))
    .map((bad) => [bad.name, bad] as const);

/** `HEAD` has no body to look at; its status and type must do. */
const expectProblem = (reply: Reply, bad: BadCase, route: Operation, isHead: boolean): void => {
  expect([reply.status, reply.headers['content-type']]).toEqual([errors[bad.code].status, problemMediaType]);
  expect(reply.headers).toMatchObject({
    'cache-control': 'no-store',
    'strict-transport-security': expect.stringMatching(/^max-age=\d+/),
    'x-content-type-options': 'nosniff',
  });
  expect(reply.headers['set-cookie']).toBeUndefined();
  if (isHead) return;
  expect(reply.json).toMatchObject({ code: bad.code, status: reply.status, detail: errors[bad.code].advice });
  expect(reply.text).not.toMatch(inside);
  const field = typeof bad.field === 'function' ? bad.field(route) : bad.field;
  if (field === undefined) return;
  const { errors: told = [] } = reply.json as { errors?: readonly { field: string; expected: string }[] };
  expect(told).toContainEqual({ field, expected: expect.stringMatching(/^[\w#"].{3,}$/) });
};

describe.each(contract.map((route) => [`${route.method} ${route.path}`, route] as const))('%s', (_title, route) => {
  let twin: TestTwin;
  let tenant: FreshTenant;
  let valid: Sent;

  beforeAll(async () => {
    twin = await workerTwin();
    await twin.control.throttle(false);
    tenant = await twin.tenant();
    valid = sentOf(route, await validRequest(route, twin.addresses.apiUrl, tenant), tenant.token);
  });
  afterAll(() => twin.control.throttle(true));

  /** Every change of a feature is one transaction. */
  const changesSince = async (since: number): Promise<readonly string[]> =>
    (await twin.control.calls(since)).entries
      .map(({ operation }) => operation)
      .filter((operation) => operation === 'TransactWriteItems');

  it.each(casesOf(route))(
    'a request with %s is refused, naming what was expected, and changes nothing',
    async (_name, bad) => {
      const next = await twin.control.callsSoFar();
      const sent = bad.spoil(valid, route, tenant.token);
      const reply = await send(twin.addresses.apiUrl, sent);
      expectProblem(reply, bad, route, sent.method === 'HEAD');
      expect([...errorsOf(route), 'route-not-found']).toContain(bad.code);
      expect(await changesSince(next)).toEqual([]);
    },
  );

  if (route.method === 'PATCH')
    it.each(['application/merge-patch+json', 'application/merge-patch+json; charset="UTF-8"', 'APPLICATION/JSON'])(
      'the same request as %s is done',
      async (type) => {
        const reply = await send(twin.addresses.apiUrl, withHeader(valid, 'Content-Type', type));
        expect(reply.status).toBe(route.answers.status);
      },
    );

  it('the same request unspoilt is done, though its scheme is written “bearer”', async () => {
    const headers = valid.headers.map(([name, value]) => [name, value.replace(/^Bearer/, 'bearer')] as const);
    expect((await send(twin.addresses.apiUrl, { ...valid, headers })).status).toBe(route.answers.status);
  });
});
