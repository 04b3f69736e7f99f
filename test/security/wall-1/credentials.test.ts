import { errors, problemOf } from '../../../lambdas/contract.ts';
import { ask, type Reply } from '../../harness/http.ts';
import { type OwnTwin, ownTwin } from '../../harness/own-twin.ts';
import { bytesOf } from '../../harness/same-bytes.ts';
import { type FreshTenant, operate } from '../../harness/tenant.ts';
import { askOf, urlOf, type ValidRequest, validRequest } from '../../harness/valid-request.ts';
import { badCredentials } from './bad-credentials.ts';
import { protectedRoutes, publicRoutes } from './behaviour.ts';

const hourMs = 3_600_000;

describe('a credential that does not stand', () => {
  let twin: OwnTwin;
  let tenant: FreshTenant;
  let other: FreshTenant;
  let suspended: FreshTenant;
  let good: string;
  const dead: Record<'expired' | 'revoked', string> = { expired: '', revoked: '' };
  const requests = new Map<string, ValidRequest>();

  beforeAll(async () => {
    twin = await ownTwin('credentials');
    const { apiUrl } = twin.addresses;
    [tenant, other, suspended] = [await twin.tenant(), await twin.tenant(), await twin.tenant()];
    dead.expired = (await tenant.issue({ expiresInDays: 1 })).token;
    const revoked = await tenant.issue();
    dead.revoked = revoked.token;
    await ask(apiUrl, 'DELETE', `/v1/tokens/${revoked.id}`, { token: tenant.token });
    await operate(twin.addresses, { command: 'suspend', slug: suspended.slug, reason: 'test' });
    await twin.control.advanceClock(25 * hourMs);
    good = (await tenant.issue()).token;
    for (const route of [...protectedRoutes, ...publicRoutes])
      requests.set(route.operation, await validRequest(route, apiUrl, tenant));
  });
  afterAll(() => twin.end());

  const send = (operation: string, authorization: string | undefined): Promise<Reply> => {
    const request = requests.get(operation);
    if (!request) throw new Error(`No request was made for ${operation}.`);
    const { headers = [], ...rest } = askOf(request);
    const added = authorization === undefined ? [] : [['Authorization', authorization] as const];
    return ask(twin.addresses.apiUrl, request.method, urlOf(request), { ...rest, headers: [...headers, ...added] });
  };
  const since = async () => ({ calls: await twin.control.callsSoFar(), logs: await twin.control.logsSoFar() });
  const happened = async (from: { readonly calls: number; readonly logs: number }) => ({
    calls: (await twin.control.calls(from.calls)).entries.map(({ service, operation }) => `${service}:${operation}`),
    reasons: (await twin.control.logs(from.logs)).entries
      .filter(({ message }) => message.includes('"event":"authentication-failed"'))
      .map(({ message }) => (JSON.parse(message) as { reason: string }).reason),
  });
  const unauthenticated = {
    status: errors.unauthenticated.status,
    json: problemOf('unauthenticated'),
    headers: { 'www-authenticate': 'Bearer realm="ringfence"', 'content-type': 'application/problem+json' },
  };

  describe.each(protectedRoutes)('$method $path', ({ operation }) => {
    it.each(badCredentials)(
      'answers 401 to $name, with the bytes that no credential gets',
      async ({ header, reason }) => {
        const nothing = bytesOf(await send(operation, undefined));
        const from = await since();
        const reply = await send(operation, header(good, other.id));
        expect(reply).toMatchObject(unauthenticated);
        expect(bytesOf(reply)).toEqual(nothing);
        // What is not a token costs no read; what may be one costs exactly the one read that tells.
        expect(await happened(from)).toEqual({
          calls: reason === undefined || reason === 'malformed' ? [] : ['dynamodb:BatchGetItem'],
          reasons: reason === undefined ? [] : [reason],
        });
      },
    );

    it.each(['expired', 'revoked'] as const)(
      'answers 401 to a token that is %s, and only the log knows why',
      async (why) => {
        const from = await since();
        const reply = await send(operation, `Bearer ${dead[why]}`);
        expect(reply).toMatchObject(unauthenticated);
        expect(bytesOf(reply)).toEqual(bytesOf(await send(operation, undefined)));
        expect((await happened(from)).reasons).toEqual([why]);
      },
    );

    it('answers 403 to a good token of a suspended tenant', async () => {
      const reply = await send(operation, `Bearer ${suspended.token}`);
      expect(reply).toMatchObject({ status: 403, json: problemOf('tenant-suspended') });
    });

    it('tells of the suspension only who has the secret', async () => {
      const wrong = badCredentials.find(({ reason }) => reason === 'wrong-secret')?.header(suspended.token, other.id);
      expect(bytesOf(await send(operation, wrong))).toEqual(bytesOf(await send(operation, undefined)));
    });
  });

  it.each(publicRoutes)(
    '$method $path answers the same to everybody, and reads nothing',
    async ({ operation, answers }) => {
      const nobody = await send(operation, undefined);
      expect(nobody.status).toBe(answers.status);
      const from = await since();
      for (const { header } of badCredentials)
        expect(bytesOf(await send(operation, header(good, other.id)))).toEqual(bytesOf(nobody));
      expect(bytesOf(await send(operation, `Bearer ${good}`))).toEqual(bytesOf(nobody));
      expect(await happened(from)).toEqual({ calls: [], reasons: [] });
    },
  );
});
