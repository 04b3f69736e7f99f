import { contract, errors, type Operation } from '../../../lambdas/contract.ts';
import { ask, type Reply } from '../../harness/http.ts';
import type { FreshTenant } from '../../harness/tenant.ts';
import { askOf, urlOf, validRequest } from '../../harness/valid-request.ts';

export const protectedRoutes = contract.filter(({ permission }) => permission !== 'public');
export const publicRoutes = contract.filter(({ permission }) => permission === 'public');

/** Sends a request that the route accepts, about the tenant's own things, with a token. */
export const askValidly = async (
  apiUrl: string,
  route: Operation,
  tenant: FreshTenant,
  token?: string,
): Promise<Reply> => {
  const request = await validRequest(route, apiUrl, tenant);
  return ask(apiUrl, request.method, urlOf(request), askOf(request, token));
};

export type Verdict = 'allowed' | 'refused';

/** What an answer to a valid request says of the caller's rights; throws at any third answer. */
export const verdictOf = (route: Operation, { status, json, text }: Reply): Verdict => {
  if (status === route.answers.status) return 'allowed';
  const { code } = (json ?? {}) as { code?: unknown };
  if (status === errors['permission-denied'].status && code === 'permission-denied') return 'refused';
  throw new Error(`${route.operation} neither allowed nor refused a valid request: ${status} ${text}`);
};

/** RFC 6750's challenge. API Gateway renames the header when it comes from a function; its own refusals carry it. */
export const challengeOf = ({ headers }: Reply): string =>
  String(headers['www-authenticate'] ?? headers['x-amzn-remapped-www-authenticate'] ?? '');
