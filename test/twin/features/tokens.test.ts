import { permissionsOf } from '../../../lambdas/kernel/permissions.ts';
import { type Caller, callerOf } from '../../harness/caller.ts';
import type { FreshTenant } from '../../harness/tenant.ts';
import { type TestTwin, workerTwin } from '../../harness/twin.ts';

let twin: TestTwin;
let tenant: FreshTenant;
let owner: Caller;

beforeAll(async () => {
  twin = await workerTwin();
  tenant = await twin.tenant();
  owner = callerOf(twin, tenant.token);
});

const issue = (by: Caller, body: object) => by.ask('POST', '/v1/tokens', { body });
const permissionsBy = async (token: string): Promise<readonly string[]> =>
  ((await callerOf(twin, token).ask('GET', '/v1/me')).json as { permissions: string[] }).permissions;

describe('a token', () => {
  it('is shown once, when it is issued: no list has it or its hash', async () => {
    const { json } = await issue(owner, { name: 'CI', role: 'member', expiresInDays: 7 });
    const { token, ...shown } = json as { id: string; token: string; createdAt: string; expiresAt: string };
    expect(token).toMatch(/^rfp_[0-9A-Za-z]{77}$/);
    expect(Date.parse(shown.expiresAt) - Date.parse(shown.createdAt)).toBe(7 * 86_400_000);
    const listed = (await owner.all<{ id: string }>('/v1/tokens')).find(({ id }) => id === shown.id);
    expect(listed).toEqual(shown);
    expect(JSON.stringify(await owner.all('/v1/tokens'))).not.toMatch(/rfp_|\$2b\$/);
  });

  it('may do what its role may, narrowed by its scopes, and always say who it is', async () => {
    const { token: member } = await tenant.issue({ role: 'member' });
    expect(await permissionsBy(member)).toEqual(permissionsOf.member);
    const { token: narrow } = await tenant.issue({ role: 'member', scopes: ['teams:read'] });
    expect([...(await permissionsBy(narrow))].sort()).toEqual(['me:read', 'teams:read']);
    expect((await callerOf(twin, narrow).ask('GET', '/v1/services')).status).toBe(403);
    expect((await callerOf(twin, narrow).ask('GET', '/v1/teams')).status).toBe(200);
  });

  it('grants no more than its issuer has, by role or by scope', async () => {
    const admin = callerOf(twin, (await tenant.issue({ role: 'admin' })).token);
    const narrow = callerOf(
      twin,
      (await tenant.issue({ role: 'admin', scopes: ['tokens:issue', 'teams:read'] })).token,
    );
    for (const [by, body] of [
      [admin, { name: 'Higher', role: 'owner' }],
      [narrow, { name: 'Wider', scopes: ['services:read'] }],
      [narrow, { name: 'Wider', role: 'member', scopes: ['teams:read', 'teams:write'] }],
    ] as const)
      expect((await issue(by, body)).json).toMatchObject({ code: 'token-exceeds-issuer', status: 403 });
    const { json } = await issue(narrow, { name: 'Whatever the role brings', role: 'member' });
    expect([...(await permissionsBy((json as { token: string }).token))].sort()).toEqual(['me:read', 'teams:read']);
  });

  it('is listed as revoked, cannot be revoked twice, and no longer works', async () => {
    const { id, token } = await tenant.issue();
    expect((await owner.ask('DELETE', `/v1/tokens/${id}`)).status).toBe(204);
    expect((await owner.ask('DELETE', `/v1/tokens/${id}`)).json).toMatchObject({ code: 'token-not-found' });
    const listed = (await owner.all<{ id: string; state: string }>('/v1/tokens')).find((each) => each.id === id);
    expect(listed).toMatchObject({ state: 'revoked', revokedAt: expect.any(String) });
    await twin.control.forgetAuthorizations();
    expect((await callerOf(twin, token).ask('GET', '/v1/me')).status).toBe(401);
  });

  it('may revoke itself', async () => {
    const { id, token } = await tenant.issue({ role: 'admin' });
    expect((await callerOf(twin, token).ask('DELETE', `/v1/tokens/${id}`)).status).toBe(204);
    expect((await issue(callerOf(twin, token), { name: 'Late' })).status).toBe(401);
  });
});

describe('whoever asks', () => {
  it('is told who it is and what it may do', async () => {
    const { id, token } = await tenant.issue({ role: 'viewer' });
    expect((await callerOf(twin, token).ask('GET', '/v1/me')).json).toEqual({
      tenant: tenant.id,
      user: tenant.owner,
      token: id,
      role: 'viewer',
      permissions: permissionsOf.viewer,
    });
  });

  it('is told of its own tenant what it may see, and nothing that operators note', async () => {
    expect((await owner.ask('GET', '/v1/tenant')).json).toEqual({
      id: tenant.id,
      name: `Tenant ${tenant.slug}`,
      state: 'active',
      createdAt: expect.stringMatching(/Z$/),
    });
  });
});
