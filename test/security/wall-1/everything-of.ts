import { contract, type Operation } from '../../../lambdas/contract.ts';
import type { IdKind } from '../../../lambdas/kernel/id-kinds.ts';
import { ask } from '../../harness/http.ts';
import { idPositionsOf } from '../../harness/id-positions.ts';
import { takesCursor } from '../../harness/lists.ts';
import type { FreshTenant } from '../../harness/tenant.ts';

interface Thing {
  readonly kind: IdKind;
  readonly id: string;
}

/** Changes by using it. */
const withoutUse = (name: string, value: unknown): unknown => (name === 'lastUsedAt' ? undefined : value);

/** Where a route reads: by itself, or what is known of the thing; undefined where it is about something else. */
const pathFor = (route: Operation, { kind, id }: Thing): string | undefined => {
  if (!route.path.includes('{')) return route.path;
  const [position] = idPositionsOf(route).filter(({ place }) => place === 'path');
  return position?.kinds.includes(kind) ? route.path.replace(/\{\w+\}/, id) : undefined;
};

/** All that a tenant can read of itself without naming anything but one thing: to see that nobody else changed it. */
export const everythingOf = async (apiUrl: string, { token }: FreshTenant, thing: Thing): Promise<unknown> => {
  const all: Record<string, unknown[]> = {};
  for (const route of contract.filter(({ method, permission }) => method === 'GET' && permission !== 'public')) {
    const path = pathFor(route, thing);
    if (path === undefined) continue;
    const pages: unknown[] = [];
    for (let query = takesCursor(route) ? '?limit=100' : ''; ; ) {
      const reply = await ask(apiUrl, 'GET', path + query, { token });
      if (reply.status !== 200) throw new Error(`${route.operation}: ${reply.status} ${reply.text}`);
      pages.push(JSON.parse(JSON.stringify(reply.json), withoutUse));
      const { next } = reply.json as { readonly next?: string };
      if (next === undefined) break;
      query = `?limit=100&cursor=${encodeURIComponent(next)}`;
    }
    all[route.operation] = pages;
  }
  return all;
};
