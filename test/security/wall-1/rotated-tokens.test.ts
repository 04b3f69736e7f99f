import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { local } from '../../../stages/local.ts';
import { type Caller, callerOf } from '../../harness/caller.ts';
import { type OwnTwin, ownTwin } from '../../harness/own-twin.ts';
import { eventsFromHere, securityEvents } from '../../harness/security-events.ts';
import type { FreshTenant } from '../../harness/tenant.ts';

const daySeconds = 86_400;
const boundMs = local.revokeToDenySeconds * 1000;

interface Issued {
  readonly id: string;
  readonly token: string;
  readonly role: string;
  readonly scopes?: readonly string[];
  readonly issuedBy: string;
  readonly expiresAt: string;
}

let twin: OwnTwin;
let tenant: FreshTenant;
let owner: Caller;
beforeAll(async () => {
  twin = await ownTwin('rotated-tokens');
});
beforeEach(async () => {
  tenant = await twin.tenant();
  owner = callerOf(twin, tenant.token);
});
afterAll(() => twin.end());

const rotate = (by: Caller, id: string, body: object = {}) => by.ask('POST', `/v1/tokens/${id}/rotate`, { body });
const rotated = async (by: Caller, id: string, body: object = {}): Promise<Issued> => {
  const { status, json, text } = await rotate(by, id, body);
  if (status !== 201) throw new Error(`${status} ${text}`);
  return json as Issued;
};
const statusOf = async (token: string): Promise<number> => (await callerOf(twin, token).ask('GET', '/v1/me')).status;
const pass = (seconds: number) => twin.control.advanceClock(seconds * 1000);

describe('a token that is rotated', () => {
  it('is good for the overlap beside the new one, and no longer', async () => {
    const old = await tenant.issue();
    const next = await rotated(owner, old.id, { overlapSeconds: 3600 });
    await pass(3500);
    expect(await Promise.all([statusOf(old.token), statusOf(next.token)])).toEqual([200, 200]);
    await pass(100 + boundMs / 1000);
    expect(await Promise.all([statusOf(old.token), statusOf(next.token)])).toEqual([401, 200]);
    // A sensitive route asks the tables: there nothing of it is remembered.
    expect((await rotate(callerOf(twin, old.token), next.id)).status).toBe(401);
  });

  it('without an overlap is refused at once where it matters, and everywhere when the bound is over', async () => {
    const old = await tenant.issue();
    expect(await statusOf(old.token)).toBe(200);
    const next = await rotated(owner, old.id, { overlapSeconds: 0 });
    expect((await callerOf(twin, old.token).ask('POST', '/v1/tokens', { body: { name: 'Late' } })).status).toBe(401);
    await pass(boundMs / 1000);
    expect(await Promise.all([statusOf(old.token), statusOf(next.token)])).toEqual([401, 200]);
  });

  it('lives no longer for it: an overlap beyond its end changes nothing', async () => {
    const old = await tenant.issue({ expiresInDays: 1 });
    await rotated(owner, old.id, { overlapSeconds: 7 * daySeconds });
    const listed = (await owner.all<{ id: string; createdAt: string; expiresAt: string }>('/v1/tokens')).find(
      ({ id }) => id === old.id,
    );
    expect(Date.parse(listed?.expiresAt ?? '') - Date.parse(listed?.createdAt ?? '')).toBe(daySeconds * 1000);
    await pass(daySeconds + boundMs / 1000);
    expect(await statusOf(old.token)).toBe(401);
  });

  it('may rotate itself, and gives what it had: the same role and scopes', async () => {
    const scopes = ['tokens:issue', 'teams:read'];
    const old = await tenant.issue({ role: 'admin', scopes });
    const next = await rotated(callerOf(twin, old.token), old.id, { expiresInDays: 7 });
    expect(next).toMatchObject({ role: 'admin', scopes, issuedBy: old.id });
    expect(Math.abs(Date.parse(next.expiresAt) - (await twin.control.now()) - 7 * daySeconds * 1000)).toBeLessThan(
      60_000,
    );
    const me = (await callerOf(twin, next.token).ask('GET', '/v1/me')).json;
    expect(me).toMatchObject({ token: next.id, permissions: ['me:read', 'teams:read', 'tokens:issue'] });
  });

  it('is not rotated once it is revoked, expired or rotated away', async () => {
    const revoked = await tenant.issue();
    await owner.ask('DELETE', `/v1/tokens/${revoked.id}`);
    const away = await tenant.issue();
    await rotated(owner, away.id, { overlapSeconds: 0 });
    const expired = await tenant.issue({ expiresInDays: 1 });
    await pass(daySeconds + 1);
    for (const { id } of [revoked, away, expired])
      expect((await rotate(owner, id)).json).toMatchObject({ code: 'token-not-found', status: 404 });
  });

  it('leaves an event that says what came in its place', async () => {
    const old = await tenant.issue();
    const next = await rotated(owner, old.id);
    const [event] = await owner.auditOf(old.id);
    expect(event).toMatchObject({ action: 'token.rotated', details: { replacedBy: next.id } });
    expect(JSON.stringify(event)).not.toContain('rfp_');
  });
});

describe('rotation is no way to more than one has', () => {
  it.each([
    ['a token of a higher role', { role: 'admin' }, { role: 'owner' }],
    ['a token with more scopes', { scopes: ['tokens:issue'] }, { scopes: ['tokens:issue', 'teams:read'] }],
    ['a token without scopes, by one that has some', { scopes: ['tokens:issue', 'teams:read'] }, {}],
  ] as const)('refuses %s, leaves it as it is, and tells the detections', async (_, by, of) => {
    const caller = await tenant.issue(by);
    const old = await tenant.issue(of);
    const since = await eventsFromHere(twin.control);
    const { status, json } = await rotate(callerOf(twin, caller.token), old.id, { overlapSeconds: 0 });
    expect([status, json]).toEqual([403, expect.objectContaining({ code: 'token-exceeds-issuer' })]);
    expect(await securityEvents(twin.control, since)).toContainEqual(
      expect.objectContaining({ event: 'token-exceeds-issuer', operation: 'rotateToken', credential: caller.id }),
    );
    await pass(boundMs / 1000);
    expect(await statusOf(old.token)).toBe(200);
  });

  it('refuses a token of another user, also to an owner', async () => {
    const id = 'tok_Somebody00000001';
    const item = {
      pk: `${tenant.id}#tokens`,
      sk: id,
      ...{ schema: 1, id, name: 'Theirs', user: 'usr_Somebody', role: 'viewer', hash: 'none', version: 1 },
      createdAt: new Date(await twin.control.now()).toISOString(),
      validUntil: new Date((await twin.control.now()) + daySeconds * 1000).toISOString(),
    };
    const client = new DynamoDBClient({
      endpoint: twin.addresses.endpointUrl,
      region: twin.addresses.region,
      credentials: await twin.control.session('ringfence-local-operators-tenant', { tenant: tenant.id }),
      systemClockOffset: (await twin.control.now()) - Date.now(),
    });
    await client.send(new PutItemCommand({ TableName: 'ringfence-local-identity', Item: marshall(item) }));
    client.destroy();
    const before = await owner.all('/v1/tokens');
    expect(before).toContainEqual(expect.objectContaining({ id, user: 'usr_Somebody' }));
    expect((await rotate(owner, id)).json).toMatchObject({ code: 'permission-denied', status: 403 });
    expect(await owner.all('/v1/tokens')).toEqual(before);
  });
});
