import { contract } from '../../../lambdas/contract.ts';
import { ask } from '../../harness/http.ts';
import type { FreshTenant } from '../../harness/tenant.ts';

/** Changes by using it. */
const withoutUse = (name: string, value: unknown): unknown => (name === 'lastUsedAt' ? undefined : value);

/** All that a tenant can read of itself without naming anything: to see that nobody else changed it. */
export const everythingOf = async (apiUrl: string, { token }: FreshTenant): Promise<Record<string, unknown>> => {
  const all: Record<string, unknown> = {};
  for (const { method, path, operation, permission, input } of contract) {
    if (method !== 'GET' || path.includes('{') || permission === 'public') continue;
    const reply = await ask(apiUrl, 'GET', path + (input.query ? '?limit=100' : ''), { token });
    if (reply.status !== 200) throw new Error(`${operation}: ${reply.status} ${reply.text}`);
    all[operation] = JSON.parse(JSON.stringify(reply.json), withoutUse);
  }
  return all;
};
