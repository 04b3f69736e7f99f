import { defineRoute } from '../../kernel/define-route.ts';
import { Me, TenantView } from '../../model/tenant.ts';

export const readMe = defineRoute({
  method: 'GET',
  path: '/v1/me',
  summary: 'Who the token acts for, and what it may do',
  permission: 'me:read',
  input: {},
  answers: { status: 200, body: Me },
  errors: [],
  touches: {},
});

export const readTenant = defineRoute({
  method: 'GET',
  path: '/v1/tenant',
  summary: 'Read your tenant',
  permission: 'tenant:read',
  input: {},
  answers: { status: 200, body: TenantView },
  errors: [],
  touches: { status: 'read' },
});
