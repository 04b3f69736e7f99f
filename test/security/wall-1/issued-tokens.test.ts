import type { Permission, Role } from '../../../lambdas/kernel/permissions.ts';
import { ask } from '../../harness/http.ts';
import { eventsFromHere, securityEvents } from '../../harness/security-events.ts';
import type { FreshTenant } from '../../harness/tenant.ts';
import { type TestTwin, workerTwin } from '../../harness/twin.ts';

interface Rights {
  readonly role?: Role;
  readonly scopes?: readonly Permission[];
}
let twin: TestTwin;
let tenant: FreshTenant;
beforeAll(async () => {
  twin = await workerTwin();
  tenant = await twin.tenant();
});

const issueWith = (token: string, body: Rights) =>
  ask(twin.addresses.apiUrl, 'POST', '/v1/tokens', { token, body: { name: 'more', ...body } });

describe('a token grants no more than its issuer has', () => {
  it.each<[what: string, issuer: Rights, asked: Rights]>([
    ['a role above the issuer’s', { role: 'admin' }, { role: 'owner' }],
    ['a scope the issuer lacks', { scopes: ['tokens:issue'] }, { scopes: ['services:write'] }],
    ['a scope beside one it has', { scopes: ['tokens:issue'] }, { scopes: ['tokens:issue', 'tokens:revoke'] }],
  ])('refuses %s, and tells the detections', async (_, issuer, asked) => {
    const { id, token } = await tenant.issue(issuer);
    const since = await eventsFromHere(twin.control);
    const { status, json } = await issueWith(token, asked);
    expect({ status, json }).toMatchObject({ status: 403, json: { code: 'token-exceeds-issuer' } });
    expect(await securityEvents(twin.control, since)).toContainEqual({
      group: '/ringfence/local/tokens',
      event: 'token-exceeds-issuer',
      tenant: tenant.id,
      principal: tenant.owner,
      credential: id,
      operation: 'issueToken',
      address: '127.0.0.1',
    });
  });

  it.each<[what: string, asked: Rights]>([
    ['nothing is asked for', {}],
    ['a lower role is', { role: 'admin' }],
  ])('hands on the issuer’s scopes when %s', async (_, asked) => {
    const issuer = await tenant.issue({ scopes: ['tokens:issue', 'teams:read'] });
    const { json } = await issueWith(issuer.token, asked);
    const { token } = json as { token: string };
    expect((await ask(twin.addresses.apiUrl, 'GET', '/v1/me', { token })).json).toMatchObject({
      permissions: ['me:read', 'teams:read', 'tokens:issue'],
    });
  });
});

describe('a token takes nobody’s way in who stands above it', () => {
  const revoke = (token: string, id: string) =>
    ask(twin.addresses.apiUrl, 'DELETE', `/v1/tokens/${id}`, { token }).then(({ status }) => status);

  it('an admin’s token revokes an admin’s, and not an owner’s', async () => {
    const { token } = await tenant.issue({ role: 'admin' });
    const owners = await tenant.issue({ role: 'owner' });
    const admins = await tenant.issue({ role: 'admin' });
    expect(await revoke(token, owners.id)).toBe(403);
    expect(await revoke(token, admins.id)).toBe(204);
    expect((await ask(twin.addresses.apiUrl, 'GET', '/v1/me', { token: owners.token })).status).toBe(200);
  });

  it('the list says which token issued which, so that what a stolen one made is found', async () => {
    const parent = await tenant.issue({ role: 'admin' });
    const child = (await issueWith(parent.token, {})).json as { id: string; issuedBy: string };
    expect(child.issuedBy).toBe(parent.id);
  });
});
