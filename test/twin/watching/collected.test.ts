import { credentialsIn } from '../../harness/credential-scan.ts';
import { ask, type Reply } from '../../harness/http.ts';
import { type OwnTwin, ownTwin } from '../../harness/own-twin.ts';
import type { FreshTenant } from '../../harness/tenant.ts';

type Line = Readonly<Record<string, unknown>>;

let twin: OwnTwin;
let tenant: FreshTenant;
let token: string;
let credential: string;
beforeAll(async () => {
  twin = await ownTwin('collected');
  tenant = await twin.tenant();
  ({ id: credential, token } = await tenant.issue({ scopes: ['me:read', 'services:read'] }));
  for (const path of ['/v1/me', '/v1/services']) await ask(twin.addresses.apiUrl, 'GET', path, { token });
});
afterAll(() => twin.end());

/** What a call wrote, by log group, parsed. */
const linesOf = async (run: () => Promise<unknown>) => {
  const next = await twin.control.logsSoFar();
  await run();
  const { entries } = await twin.control.logs(next);
  return (name: string): readonly Line[] =>
    entries
      .filter(({ group }) => group === `/ringfence/local/${name}`)
      // Lambda's own words about an error that was thrown are text.
      .filter(({ message }) => message.startsWith('{'))
      .map(({ message }) => JSON.parse(message) as Line);
};
const call = (path: string, with_ = token): Promise<Reply> => ask(twin.addresses.apiUrl, 'GET', path, { token: with_ });
const idOf = (reply: Reply | undefined) => reply?.headers['x-amzn-requestid'];
const security = (lines: readonly Line[]) => lines.filter(({ message }) => message === 'security');

const revoked = async (): Promise<{ readonly id: string; readonly token: string }> => {
  const issued = await tenant.issue();
  await ask(twin.addresses.apiUrl, 'DELETE', `/v1/tokens/${issued.id}`, { token: tenant.token });
  return issued;
};

describe('a successful read, warm', () => {
  it('writes one line in the access log, and none in its function', async () => {
    const lines = await linesOf(() => call('/v1/services'));
    expect(lines('access')).toEqual([expect.objectContaining({ status: '200', tenant: tenant.id })]);
    expect([lines('catalog'), lines('authorizer')]).toEqual([[], []]);
  });
});

describe('a refusal by permission', () => {
  it('is found from the answer: access log, event and count carry its request id', async () => {
    let reply: Reply | undefined;
    const lines = await linesOf(async () => {
      reply = await call('/v1/teams');
    });
    expect(reply?.status).toBe(403);
    const requestId = idOf(reply);
    expect(lines('access')).toEqual([expect.objectContaining({ requestId, status: '403' })]);
    const told = lines('catalog');
    expect(told.map(({ message }) => message).sort()).toEqual(
      expect.arrayContaining(['metric', 'refused', 'security']),
    );
    for (const line of told)
      expect(line).toMatchObject({
        requestId,
        function: 'ringfence-local-catalog',
        operation: 'listTeams',
        address: '127.0.0.1',
        tenant: tenant.id,
        principal: tenant.owner,
        credential,
      });
    expect(security(told)).toEqual([
      expect.objectContaining({ event: 'authorization-refused', permission: 'teams:read', operation: 'listTeams' }),
    ]);
  });

  it('is told as the first of its route once in five minutes, and always told', async () => {
    const of = async (path: string) =>
      security((await linesOf(() => call(path)))('catalog')).map(({ firstOnRoute }) => firstOnRoute);
    await twin.control.advanceClock(5 * 60_000);
    const team = '/v1/teams/team_0000000000000000';
    expect([await of('/v1/teams'), await of('/v1/teams'), await of(team), await of(team)]).toEqual([
      ['yes'],
      ['no'],
      ['yes'],
      ['no'],
    ]);
    await twin.control.advanceClock(5 * 60_000);
    expect(await of('/v1/teams')).toEqual(['yes']);
  });

  it('beside others at the same time carries no other’s request id', async () => {
    const others = await Promise.all([1, 2, 3, 4].map(() => tenant.issue({ scopes: ['me:read'] })));
    const replies: { readonly id: string; readonly reply: Reply }[] = [];
    const lines = await linesOf(() =>
      Promise.all(
        [...others, ...others].map(async ({ id, token: its }) =>
          replies.push({ id, reply: await call('/v1/teams', its) }),
        ),
      ),
    );
    const told = security(lines('catalog')).map((line) => `${line.requestId} ${line.credential}`);
    expect(told.sort()).toEqual(replies.map(({ id, reply }) => `${idOf(reply)} ${id}`).sort());
  });
});

describe('a failure of authentication', () => {
  it('leads from its event to the address and the request, through the authorizer’s invocation', async () => {
    const { id, token: dead } = await revoked();
    let reply: Reply | undefined;
    const lines = await linesOf(async () => {
      reply = await call('/v1/me', dead);
    });
    expect(reply?.status).toBe(401);
    const [event] = security(lines('authorizer'));
    expect(event).toMatchObject({
      event: 'authentication-failed',
      reason: 'revoked',
      tenant: tenant.id,
      principal: tenant.owner,
      ...{ credential: id, invocationId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
    expect(lines('access')).toEqual([
      expect.objectContaining({
        status: '401',
        ip: '127.0.0.1',
        requestId: idOf(reply),
        authorizerInvocationId: event?.invocationId,
      }),
    ]);
    const counted = lines('authorizer').filter((line) => '_aws' in line);
    expect(counted).toContainEqual(expect.objectContaining({ AuthenticationFailed: 1, RevokedCredentialUsed: 1 }));
  });

  it('that no authorizer saw has no invocation of it: the gateway refused by itself, or remembered an answer', async () => {
    const junk = await linesOf(() => call('/v1/me', 'no-token'));
    expect(junk('access')).toEqual([expect.objectContaining({ status: '401', authorizerInvocationId: '-' })]);
    await call('/v1/me');
    const remembered = await linesOf(() => call('/v1/me'));
    expect(remembered('access')).toEqual([expect.objectContaining({ status: '200', authorizerInvocationId: '-' })]);
  });

  it('is not all that leads there: where the authorizer let somebody in, its invocation is named as well', async () => {
    await twin.control.forgetAuthorizations();
    const lines = await linesOf(() => call('/v1/me'));
    const [{ authorizerInvocationId } = {}] = lines('access');
    expect(authorizerInvocationId).toMatch(/^[0-9a-f-]{36}$/);
  });
});

it('a credential in a URL is reported without it', async () => {
  const lines = await linesOf(() => call(`/v1/services?token=${token}`));
  expect(security(lines('catalog'))).toEqual([
    expect.objectContaining({ event: 'credential-in-url', tenant: tenant.id }),
  ]);
  expect(credentialsIn(JSON.stringify([...lines('catalog'), ...lines('access')]))).toEqual([]);
});
