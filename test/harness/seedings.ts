import { randomBytes } from 'node:crypto';
import type { IdKind } from '../../lambdas/kernel/id-kinds.ts';
import { type Ask, ask, type Reply } from './http.ts';
import type { FreshTenant } from './tenant.ts';

/** A thing that a tenant has. Its version is 1. */
export interface Seeded {
  readonly id: string;
  /** Its other name, where a path takes one. */
  readonly alias?: string;
}

export type Seed = (apiUrl: string, tenant: FreshTenant) => Promise<Seeded>;

const done = async (apiUrl: string, method: string, path: string, given: Ask): Promise<unknown> => {
  const reply: Reply = await ask(apiUrl, method, path, given);
  if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${reply.text}`);
  return reply.json;
};

const idOf = (made: unknown): string => (made as { id: string }).id;

const named =
  (path: string): Seed =>
  async (apiUrl, { token }) => {
    const alias = `seed-${randomBytes(6).toString('hex')}`;
    const made = await done(apiUrl, 'POST', path, { token, body: { name: `Seed ${alias}`, aliases: [alias] } });
    return { id: idOf(made), alias };
  };

/** How a tenant comes to a thing of each kind, through the API. A new kind of id needs a line here. */
const seedings: Readonly<Partial<Record<string, Seed>>> = {
  ten: async (_, { id }) => ({ id }),
  usr: async (_, { owner }) => ({ id: owner }),
  // The least token, so that whoever may revoke or rotate at all may do so with it.
  tok: (_, tenant) => tenant.issue({ role: 'viewer', scopes: ['me:read'] }),
  svc: named('/v1/services'),
  team: named('/v1/teams'),
  repo: async (apiUrl, { token }) => {
    const url = `https://example.com/${randomBytes(6).toString('hex')}`;
    return { id: idOf(await done(apiUrl, 'POST', '/v1/repositories', { token, body: { name: 'Seed', url } })) };
  },
  dpl: async (apiUrl, tenant) => {
    const service = await named('/v1/services')(apiUrl, tenant);
    const path = `/v1/services/${service.id}/deploys`;
    const body = { environment: 'production', version: '1' };
    return { id: idOf(await done(apiUrl, 'POST', path, { token: tenant.token, body })) };
  },
  evt: async (apiUrl, { token }) => {
    const page = await done(apiUrl, 'GET', '/v1/audit-events?limit=1', { token });
    return { id: (page as { items: { id: string }[] }).items[0]?.id ?? '' };
  },
};

/** A new thing of a kind in a tenant. */
export const seeded = async (kind: IdKind, apiUrl: string, tenant: FreshTenant): Promise<Seeded> => {
  const seed = seedings[kind];
  if (!seed)
    throw new Error(`Nothing creates a ${kind}_… for the tests. Add how to seedings in test/harness/seedings.ts.`);
  return seed(apiUrl, tenant);
};
