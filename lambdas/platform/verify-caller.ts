import type { APIGatewayProxyEvent } from 'aws-lambda';
import { fail } from '../kernel/errors.ts';
import type { TenantSession } from '../kernel/session.ts';
import type { Caller } from '../kernel/use-case.ts';
import { credentialKeys, type Standing, standingOf } from '../model/credential.ts';
import { userOf } from '../model/token-format.ts';
import { AssertionRefused, verifyAssertion } from './assertion.ts';
import { clock } from './clock.ts';
import { reportSecurityEvent } from './log.ts';
import { RecentlyTold } from './recently-told.ts';
import type { Served } from './route-table.ts';

/** Who calls, as the authorizer signed it. Nothing is read before. @throws Failure `unauthenticated` */
export const verifyCaller = async (event: APIGatewayProxyEvent): Promise<Caller> => {
  try {
    return await verifyAssertion(event?.requestContext?.authorizer?.assertion);
  } catch (error) {
    if (!(error instanceof AssertionRefused)) throw error;
    reportSecurityEvent({ event: 'assertion-refused', reason: error.message });
    return fail('unauthenticated');
  }
};

/** Which refusals this instance told of in the last five minutes. */
const refusals = new RecentlyTold(300_000, 5000);

/** @throws Failure `permission-denied` */
export const authorize = (route: Served, { tenant, principal, credential, permissions }: Caller): void => {
  if (route.permission === 'public' || permissions.includes(route.permission)) return;
  const { operation, permission } = route;
  const isFirst = refusals.isFirst(`${tenant} ${principal} ${operation}`, clock.now());
  reportSecurityEvent({
    event: 'authorization-refused',
    tenant,
    principal,
    credential,
    operation,
    permission,
    firstOnRoute: isFirst ? 'yes' : 'no',
  });
  fail('permission-denied');
};

type Fallen = Extract<Standing, { stands: false }>['reason'];

/** What the authorizer would have told the detections, had the gateway asked it. */
const refuse = ({ tenant, principal, credential }: Caller, reason: Fallen): never => {
  if (reason === 'tenant-suspended') {
    reportSecurityEvent({ event: 'tenant-suspended-refused', tenant, principal, credential });
    return fail('tenant-suspended');
  }
  reportSecurityEvent({ event: 'authentication-failed', reason, tenant, principal, credential });
  return fail('unauthenticated');
};

/**
 * On sensitive routes what the gateway remembers is not enough: what holds is what the tables say now. One read.
 * @throws Failure `unauthenticated`, `tenant-suspended` or `permission-denied`
 */
export const recheck = async (route: Served, caller: Caller, session: TenantSession): Promise<Caller> => {
  const keys = credentialKeys({ credential: caller.credential, user: userOf(caller.credential) });
  const [token, user, status] = await session.getAll([keys.token, keys.user, keys.status]);
  const standing = standingOf({ token, user, status }, clock.now());
  if (!standing.stands) return refuse(caller, standing.reason);
  const now = { ...caller, role: standing.role, permissions: standing.permissions };
  authorize(route, now);
  return now;
};
