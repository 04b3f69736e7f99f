import type { Operation } from '../../../lambdas/contract.ts';
import { permissionsOf } from '../../../lambdas/kernel/permissions.ts';
import { local } from '../../../stages/local.ts';
import { ask, type Reply } from '../../harness/http.ts';
import { type OwnTwin, ownTwin } from '../../harness/own-twin.ts';
import { eventsFromHere, securityEvents } from '../../harness/security-events.ts';
import { type FreshTenant, operate } from '../../harness/tenant.ts';
import { askOf, urlOf, validRequest } from '../../harness/valid-request.ts';
import { protectedRoutes } from './behaviour.ts';
import { changeUser } from './change-user.ts';

const boundMs = local.revokeToDenySeconds * 1000;
const sensitive = protectedRoutes.filter((route) => route.sensitive);
const ordinary = protectedRoutes.filter((route) => !route.sensitive);

interface Way {
  readonly name: string;
  readonly code: string;
  /** What the detections are told of each use that is refused. */
  readonly told: object;
  readonly take: (twin: OwnTwin, tenant: FreshTenant, tokenId: string) => Promise<unknown>;
  /** Routes that are still served afterwards. */
  readonly keeps?: (route: Operation) => boolean;
}

const ways: readonly Way[] = [
  {
    name: 'its token is revoked',
    code: 'unauthenticated',
    told: { event: 'authentication-failed', reason: 'revoked' },
    take: ({ addresses }, { token }, id) => ask(addresses.apiUrl, 'DELETE', `/v1/tokens/${id}`, { token }),
  },
  {
    name: 'an operator revokes its token',
    code: 'unauthenticated',
    told: { event: 'authentication-failed', reason: 'revoked' },
    take: ({ addresses }, { slug }, tokenId) =>
      operate(addresses, { command: 'revoke-token', slug, tokenId, reason: 'test' }),
  },
  {
    name: 'its user is disabled',
    code: 'unauthenticated',
    told: { event: 'authentication-failed', reason: 'user-disabled' },
    take: (twin, tenant) => changeUser(twin, tenant, { state: 'disabled' }),
  },
  {
    name: 'its tenant is suspended',
    code: 'tenant-suspended',
    told: { event: 'tenant-suspended-refused' },
    take: ({ addresses }, { slug }) => operate(addresses, { command: 'suspend', slug, reason: 'test' }),
  },
  {
    name: 'its user is demoted to viewer',
    code: 'permission-denied',
    told: { event: 'authorization-refused' },
    take: (twin, tenant) => changeUser(twin, tenant, { role: 'viewer' }),
    keeps: ({ permission }) => (permissionsOf.viewer as readonly string[]).includes(permission),
  },
];

describe.each(ways)('a caller whose access ends because $name', ({ code, told, take, keeps = () => false }) => {
  let twin: OwnTwin;
  let before: number;
  const replies = { atOnce: new Map<string, Reply>(), atBound: new Map<string, Reply>() };
  const authorizerCalls: string[] = [];
  let events: readonly object[];

  beforeAll(async () => {
    twin = await ownTwin('taken-away');
    const { apiUrl } = twin.addresses;
    const tenant = await twin.tenant();
    const { id, token } = await tenant.issue();
    const send = async (request: Awaited<ReturnType<typeof validRequest>>) =>
      ask(apiUrl, request.method, urlOf(request), askOf(request, token));
    // Made before, while the tenant can still make what they name.
    const made = [];
    for (const route of protectedRoutes) made.push({ route, request: await validRequest(route, apiUrl, tenant) });
    before = (await ask(apiUrl, 'GET', '/v1/me', { token })).status;
    await take(twin, tenant, id);
    const next = await twin.control.callsSoFar();
    const since = await eventsFromHere(twin.control);
    for (const { route, request } of made)
      if (route.sensitive) replies.atOnce.set(route.operation, await send(request));
    events = await securityEvents(twin.control, since);
    const { entries } = await twin.control.calls(next);
    authorizerCalls.push(
      ...entries.filter(({ principal }) => principal.includes('-authorizer/')).map((c) => c.operation),
    );
    await twin.control.advanceClock(boundMs);
    for (const { route, request } of made) replies.atBound.set(route.operation, await send(request));
  });
  afterAll(() => twin.end());

  it('was served before, and its answer is still remembered by the gateway when the sensitive routes are tried', () => {
    expect(before).toBe(200);
    expect(authorizerCalls).toEqual([]);
  });

  it.each(sensitive)('is refused at once by $method $path', ({ operation }) => {
    expect(replies.atOnce.get(operation)?.json).toMatchObject({ code });
  });

  it('is a matter for the detections at once, at each of them', () => {
    expect(events).toEqual(sensitive.map(() => expect.objectContaining(told)));
  });

  it.each(ordinary)(
    `is refused by $method $path when the revoke-to-deny bound is over, unless it keeps that right`,
    (route) => {
      const reply = replies.atBound.get(route.operation);
      if (keeps(route)) expect(reply?.status).toBe(route.answers.status);
      else expect(reply?.json).toMatchObject({ code });
    },
  );
});
