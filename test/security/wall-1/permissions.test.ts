import { contract, type Operation, problemOf } from '../../../lambdas/contract.ts';
import { type Permission, permissions, permissionsOf, type Role, roles } from '../../../lambdas/kernel/permissions.ts';
import { ask } from '../../harness/http.ts';
import type { FreshTenant } from '../../harness/tenant.ts';
import { type TestTwin, workerTwin } from '../../harness/twin.ts';
import { askOf, urlOf, type ValidRequest, validRequest } from '../../harness/valid-request.ts';
import { askValidly, challengeOf, protectedRoutes } from './behaviour.ts';

interface Holder {
  readonly name: string;
  readonly role: Role;
  readonly scopes?: readonly Permission[];
}

/** Every role, and an owner's token narrowed to each single scope. */
const holders: readonly Holder[] = [
  ...roles.map((role) => ({ name: `a ${role}`, role })),
  ...permissions.map((scope) => ({
    name: `an owner’s token with only ${scope}`,
    role: 'owner' as const,
    scopes: [scope],
  })),
];

/** Written out anew, not with the code under test: a scope narrows, and who one is can always be asked. */
const may = ({ role, scopes }: Holder, { permission }: Operation): boolean =>
  permission === 'public' ||
  (permissionsOf[role].includes(permission) &&
    (scopes === undefined || scopes.includes(permission) || permission === 'me:read'));

describe('a route needs its permission', () => {
  let twin: TestTwin;
  let tenant: FreshTenant;
  const tokens = new Map<string, string>();
  const tokenOf = ({ name }: Holder): string => tokens.get(name) ?? '';

  beforeAll(async () => {
    twin = await workerTwin();
    tenant = await twin.tenant();
    for (const { name, role, scopes } of holders) {
      tokens.set(name, (await tenant.issue({ role, ...(scopes && { scopes }) })).token);
    }
  });

  describe.each(contract)('$method $path', (route) => {
    it.each(holders.filter((holder) => may(holder, route)))('lets $name through', async (holder) => {
      const reply = await askValidly(twin.addresses.apiUrl, route, tenant, tokenOf(holder));
      expect(reply.status).toBe(route.answers.status);
    });
  });

  const refusals = protectedRoutes.flatMap((route) =>
    holders
      .filter((holder) => !may(holder, route))
      .map((holder) => ({ route, holder, row: `${route.method} ${route.path} refuses ${holder.name}` })),
  );
  /** Whoever is refused changes nothing: the next can ask the same. */
  const requests = new Map<string, ValidRequest>();
  const requestFor = async (route: Operation): Promise<ValidRequest> => {
    const request = requests.get(route.operation) ?? (await validRequest(route, twin.addresses.apiUrl, tenant));
    requests.set(route.operation, request);
    return request;
  };
  it.each(refusals)('$row, and reads nothing for it', async ({ route, holder }) => {
    const { apiUrl } = twin.addresses;
    const request = await requestFor(route);
    const next = await twin.control.callsSoFar();
    const reply = await ask(apiUrl, request.method, urlOf(request), askOf(request, tokenOf(holder)));
    expect(reply).toMatchObject({ status: 403, json: problemOf('permission-denied') });
    expect(challengeOf(reply)).toContain('error="insufficient_scope"');
    const { entries } = await twin.control.calls(next);
    expect(entries.filter(({ principal }) => principal.includes('-tenant/'))).toEqual([]);
  });
});
