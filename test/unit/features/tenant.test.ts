import { readMe } from '../../../lambdas/features/tenant/read-me.ts';
import { readTenant } from '../../../lambdas/features/tenant/read-tenant.ts';
import { tenantOf } from '../../../lambdas/features/tenant/tenant.ts';
import { TokenId, UserId } from '../../../lambdas/kernel/id.ts';
import { Me, TenantView } from '../../../lambdas/model/tenant.ts';
import { memorySession } from './memory-session.ts';

const { session, put } = memorySession();
const needs = { tenant: tenantOf(session) };
const caller = {
  tenant: session.tenant,
  principal: UserId.parse('usr_AAAAAAAA'),
  credential: TokenId.parse('tok_AAAAAAAA00000000'),
  role: 'viewer' as const,
  permissions: ['me:read', 'services:read'] as const,
};

it('readMe answers who is signed in, without a read', async () => {
  const { body } = await readMe(needs, caller, {});
  expect(Me.parse(body)).toEqual({
    tenant: 'ten_AAAAAAAAAAAA',
    user: 'usr_AAAAAAAA',
    token: 'tok_AAAAAAAA00000000',
    role: 'viewer',
    permissions: ['me:read', 'services:read'],
  });
});

it('readTenant answers what a tenant may see of itself, and nothing that operators note beside it', async () => {
  await expect(readTenant(needs, caller, {})).rejects.toThrow();
  const seen = { id: session.tenant, name: 'Acme', state: 'active', createdAt: '2026-11-01T00:00:00.000Z' };
  put('status/status', { ...seen, schema: 1, version: 3, step: 'done', note: 'large customer' });
  const { body } = await readTenant(needs, caller, {});
  expect(TenantView.parse(body)).toEqual(seen);
});
