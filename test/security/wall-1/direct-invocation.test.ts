import { GetPublicKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { errors, type Operation, problemOf } from '../../../lambdas/contract.ts';
import { functions } from '../../../lambdas/functions.ts';
import { authorizersSigner, claimsIn, realAssertion } from '../../harness/assertion-forge.ts';
import { credentialsIn } from '../../harness/credential-scan.ts';
import { proxyEventOf } from '../../harness/proxy-event-of.ts';
import type { FreshTenant } from '../../harness/tenant.ts';
import { type TestTwin, workerTwin } from '../../harness/twin.ts';
import { validRequest } from '../../harness/valid-request.ts';
import { protectedRoutes, publicRoutes } from './behaviour.ts';
import { type Forge, forgeries } from './forged-assertions.ts';

const functionOf = ({ operation }: Operation): string => {
  const serving = functions.find(
    ({ entrance }) => entrance.by === 'routes' && entrance.routes.some((route) => route.operation === operation),
  );
  if (!serving) throw new Error(`No function serves ${operation}.`);
  return serving.name;
};

interface Answered {
  readonly statusCode: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

describe('a function invoked past gateway and authorizer', () => {
  let twin: TestTwin;
  let tenant: FreshTenant;
  let other: FreshTenant;
  let forge: Forge;

  const publicKey = async (): Promise<Buffer> => {
    const { addresses, control } = twin;
    const credentials = await control.session('ringfence-local-tenant');
    const kms = new KMSClient({ endpoint: addresses.endpointUrl, region: addresses.region, credentials });
    const exported = Object.values(addresses.outputs).flatMap((values) => Object.entries(values));
    const KeyId = exported.find(([name]) => name.includes('SigningKey'))?.[1];
    return Buffer.from((await kms.send(new GetPublicKeyCommand({ KeyId }))).PublicKey ?? []);
  };

  beforeAll(async () => {
    twin = await workerTwin();
    [tenant, other] = [await twin.tenant(), await twin.tenant()];
    await refresh();
  });

  /** An assertion lives for minutes only. */
  const refresh = async (): Promise<void> => {
    await twin.control.forgetAuthorizations();
    const real = await realAssertion(twin, tenant.token);
    forge = {
      real,
      claims: claimsIn(real),
      otherTenant: other.id,
      publicKeyDer: await publicKey(),
      rightKey: await authorizersSigner(twin),
    };
  };

  const invoke = async (
    route: Operation,
    authorizer: unknown,
    known?: Awaited<ReturnType<typeof validRequest>>,
  ): Promise<Answered> => {
    const request = known ?? (await validRequest(route, twin.addresses.apiUrl, tenant));
    from = { calls: await twin.control.callsSoFar(), logs: await twin.control.logsSoFar() };
    const invoked = await twin.control.invoke(
      `ringfence-local-${functionOf(route)}`,
      proxyEventOf(request, authorizer),
    );
    expect(invoked.functionError).toBeUndefined();
    return invoked.payload as Answered;
  };
  let from = { calls: 0, logs: 0 };
  const callsSince = async () => (await twin.control.calls(from.calls)).entries;
  const refusalsLogged = async (group: string) =>
    (await twin.control.logs(from.logs)).entries.filter(
      (line) => line.group === `/ringfence/local/${group}` && line.message.includes('"event":"assertion-refused"'),
    ).length;

  describe.each(protectedRoutes)('$method $path', (route) => {
    /** What is refused changes nothing: one request does for all that is. */
    let refused: Awaited<ReturnType<typeof validRequest>>;
    beforeAll(async () => {
      await refresh();
      refused = await validRequest(route, twin.addresses.apiUrl, tenant);
    });

    it('serves what the authorizer signed, and claims signed with its key: the refusals below are of the assertion', async () => {
      expect((await invoke(route, { assertion: forge.real })).statusCode).toBe(route.answers.status);
      expect((await invoke(route, { assertion: await forge.rightKey(forge.claims) })).statusCode).toBe(
        route.answers.status,
      );
    });

    it.each(forgeries)(
      'answers and reads nothing for an assertion that is $name, and tells the detections',
      async ({ make }) => {
        const said = { tenant: tenant.id, principal: tenant.owner, assertion: await make(forge) };
        const answered = await invoke(route, said, refused);
        expect(answered.statusCode).toBe(errors.unauthenticated.status);
        expect(JSON.parse(answered.body)).toEqual(problemOf('unauthenticated'));
        expect(answered.headers['WWW-Authenticate']).toBe('Bearer realm="ringfence"');
        const touched = (await callsSince()).filter(({ operation }) => operation !== 'GetPublicKey');
        expect(touched).toEqual([]);
        expect(await refusalsLogged(functionOf(route))).toBe(1);
      },
    );

    it.each([
      ['no authorizer', undefined],
      ['a null authorizer', null],
      ['a word for it', 'authorizer'],
    ])('answers and reads nothing with %s in the event', async (_, authorizer) => {
      expect((await invoke(route, authorizer, refused)).statusCode).toBe(errors.unauthenticated.status);
      expect((await callsSince()).filter(({ operation }) => operation !== 'GetPublicKey')).toEqual([]);
    });

    it('acts for the tenant of the assertion, whatever else the event says', async () => {
      const request = await validRequest(route, twin.addresses.apiUrl, tenant);
      const lies = { tenant: other.id, principal: other.owner, principalId: other.owner, ten: other.id };
      const named = Object.fromEntries(
        ['X-Tenant', 'X-Tenant-Id', 'X-Amz-Tenant-Id', 'Tenant'].map((name) => [name, other.id]),
      );
      const event = proxyEventOf(request, { ...lies, claims: lies, assertion: forge.real });
      const fn = `ringfence-local-${functionOf(route)}`;
      from = { calls: await twin.control.callsSoFar(), logs: 0 };
      const { payload } = await twin.control.invoke(fn, {
        ...event,
        tenant: other.id,
        headers: { ...event.headers, ...named },
      });
      const answered = payload as Answered;
      expect(answered.statusCode).toBe(route.answers.status);
      expect(answered.body).not.toContain(other.id);
      for (const place of ['pathParameters', 'queryStringParameters'] as const)
        await twin.control.invoke(fn, { ...event, [place]: { ...event[place], tenant: other.id, ten: other.id } });
      if (typeof request.body === 'object')
        await twin.control.invoke(fn, { ...event, body: JSON.stringify({ ...request.body, tenant: other.id }) });
      expect((await callsSince()).filter(({ principal }) => principal.endsWith(other.id))).toEqual([]);
    });
  });

  it.each(publicRoutes)('$method $path reads nothing for anybody', async (route) => {
    expect((await invoke(route, { assertion: forge.real })).statusCode).toBe(route.answers.status);
    expect((await invoke(route, undefined)).statusCode).toBe(route.answers.status);
    expect(await callsSince()).toEqual([]);
  });

  const entrances = functions.filter(({ entrance }) => entrance.by === 'routes' || entrance.by === 'operators');
  it.each(entrances)('$name answers nothing to an event that is none', async ({ name }) => {
    const next = await twin.control.callsSoFar();
    for (const event of [{}, [], 'event', { requestContext: null }, { httpMethod: 'GET', resource: '/v1/me' }]) {
      const { payload } = await twin.control.invoke(`ringfence-local-${name}`, event);
      expect([401, 404]).toContain((payload as Answered).statusCode);
    }
    const { entries } = await twin.control.calls(next);
    expect(entries.filter(({ operation }) => operation !== 'GetPublicKey')).toEqual([]);
  });

  it.each([
    ['no identity', undefined],
    ['an empty identity', { iam: {} }],
    ['an identity that is no ARN', { iam: { userArn: 'root' } }],
    ['an identity that is no text', { iam: { userArn: ['arn:aws:iam::1:root'] } }],
    ['a JWT’s claims', { jwt: { claims: { userArn: 'arn:aws:iam::1:root' } } }],
    ['a customer’s assertion', { assertion: 'x' }],
  ])('the operators’ function does nothing for %s', async (_, authorizer) => {
    from = { calls: await twin.control.callsSoFar(), logs: await twin.control.logsSoFar() };
    for (const command of [{ command: 'list' }, { command: 'suspend', slug: tenant.slug, reason: 'forged' }]) {
      const { payload } = await twin.control.invoke('ringfence-local-operators', {
        version: '2.0',
        requestContext: { http: { method: 'POST', path: '/', sourceIp: '192.0.2.1' }, requestId: 'direct', authorizer },
        body: JSON.stringify(command),
        isBase64Encoded: false,
      });
      expect(payload).toMatchObject({ statusCode: 401, body: JSON.stringify(problemOf('unauthenticated')) });
    }
    expect(await callsSince()).toEqual([]);
    expect(await refusalsLogged('operators')).toBe(2);
  });

  it('nothing that was refused here is found in the logs', async () => {
    const { entries } = await twin.control.logs();
    expect(entries.length).toBeGreaterThan(0);
    expect(entries.filter(({ message }) => credentialsIn(message).length > 0)).toEqual([]);
  });
});
