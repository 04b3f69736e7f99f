import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { operationsOf, type Route } from '../kernel/define-route.ts';
import { type ErrorCode, Failure, fail } from '../kernel/errors.ts';
import type { TenantSession } from '../kernel/session.ts';
import { type Answer, type Caller, type Change, toIso, type UseCase } from '../kernel/use-case.ts';
import { credentialKeys, standingOf } from '../model/credential.ts';
import { userOf } from '../model/token-format.ts';
import { answer, type Success } from './answer.ts';
import { AssertionRefused, verifyAssertion } from './assertion.ts';
import { auditWrite } from './audit-write.ts';
import { clock } from './clock.ts';
import { Refused } from './commit.ts';
import { environment } from './environment.ts';
import { failureOf } from './failure-of.ts';
import { idempotencyCollection, idempotencyOf } from './idempotency.ts';
import { reportSecurityEvent } from './log.ts';
import { credentialInUrl, parseRequest } from './parse-request.ts';
import { newId } from './random.ts';
import { type CommittingSession, openSession } from './tenant-session.ts';

type Routes = Readonly<Record<string, Route>>;
type AnyResult = Answer<unknown> & Partial<Change<unknown>>;
type AnyUseCase<Needs> = (needs: Needs, caller: Caller, input: never) => Promise<AnyResult>;
type Handler = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;
type Served<R extends Route = Route> = R & { readonly operation: string };

/** The gateway gives up after 29 s; the function's own deadline is usually nearer. Some of it is kept for the answer. */
const signalOf = (context: Context): AbortSignal =>
  AbortSignal.timeout(Math.trunc(Math.max(1, Math.min(28_000, context.getRemainingTimeInMillis() - 500))));

const verifiedCaller = async (event: APIGatewayProxyEvent): Promise<Caller> => {
  try {
    return await verifyAssertion(event.requestContext?.authorizer?.assertion);
  } catch (error) {
    if (!(error instanceof AssertionRefused)) throw error;
    reportSecurityEvent({ event: 'assertion-refused', reason: error.message });
    return fail('unauthenticated');
  }
};

const authorize = (route: Served, caller: Caller): void => {
  if (route.permission === 'public' || caller.permissions.includes(route.permission)) return;
  reportSecurityEvent({
    event: 'authorization-refused',
    tenant: caller.tenant,
    principal: caller.principal,
    operation: route.operation,
    permission: route.permission,
  });
  fail('permission-denied');
};

const refusals: Readonly<Record<string, ErrorCode>> = { 'tenant-suspended': 'tenant-suspended' };

/** On sensitive routes the authorizer's remembered answer is not enough: what holds is what the tables say now. */
const recheck = async (route: Served, caller: Caller, session: CommittingSession): Promise<Caller> => {
  const keys = credentialKeys({ credential: caller.credential, user: userOf(caller.credential) });
  const items = await session.getAll(Object.values(keys));
  const find = ({ collection, key }: { collection: string; key: string }) => items.get(`${collection}/${key}`);
  const standing = standingOf(
    { token: find(keys.token), user: find(keys.user), status: find(keys.status) },
    clock.now(),
  );
  if (!standing.stands) return fail(refusals[standing.reason] ?? 'unauthenticated');
  const now = { ...caller, role: standing.role, permissions: standing.permissions };
  authorize(route, now);
  return now;
};

interface Visit {
  readonly route: Served;
  readonly event: APIGatewayProxyEvent;
  readonly caller: Caller;
  readonly session: CommittingSession;
}

const successOf = (route: Served, result: AnyResult): Success => ({
  status: route.answers.status,
  ...(result.body !== undefined && { body: result.body }),
  ...(route.etag && result.version !== undefined && { version: result.version }),
  ...(result.location !== undefined && { location: result.location }),
});

/** Adds the audit event and the idempotency record to what the use case wants, and commits all of it or nothing. */
const make = async (
  { route, event, caller, session }: Visit,
  run: (input: never) => Promise<AnyResult>,
): Promise<APIGatewayProxyResult> => {
  const { input, idempotencyKey } = parseRequest(event, route);
  const idempotency =
    idempotencyKey === undefined
      ? undefined
      : idempotencyOf(session, clock, caller, route.operation, idempotencyKey, input);
  const earlier = await idempotency?.replay();
  if (earlier) return answer(earlier, true);
  const result = await run(input as never);
  const success = successOf(route, result);
  if (route.audit === undefined) return answer(success);
  const written = auditWrite(
    {
      id: newId('evt'),
      at: toIso(clock.now()),
      action: route.audit,
      subject: result.subject ?? '',
      principal: caller.principal,
      credential: caller.credential,
      address: event.requestContext.identity.sourceIp,
      requestId: event.requestContext.requestId,
      ...(result.details && { details: result.details }),
    },
    environment.auditRetentionDays(),
  );
  const record = idempotency?.record(success, route.answers.shownOnce);
  try {
    await session.commit([...(record ? [record] : []), ...(result.writes ?? []), written]);
  } catch (error) {
    // Another request with the same key won the race: its answer is ours too.
    const winner =
      error instanceof Refused && error.write.collection === idempotencyCollection
        ? await idempotency?.replay()
        : undefined;
    if (winner) return answer(winner, true);
    throw error;
  }
  return answer(success);
};

const findRoute = (table: ReadonlyMap<string, Served>, event: APIGatewayProxyEvent): Served =>
  (event.path?.length > 1 && event.path.endsWith('/')
    ? undefined
    : table.get(`${event.httpMethod} ${event.resource}`)) ?? fail('route-not-found');

const refuseCredentialInUrl = (event: APIGatewayProxyEvent, route: Served): void => {
  const where = credentialInUrl(event);
  if (!where) return;
  reportSecurityEvent({ event: 'credential-in-url', operation: route.operation });
  fail('credential-in-url', [where]);
};

const tableOfRoutes = (routes: Routes): ReadonlyMap<string, Served> =>
  new Map(operationsOf('', routes).map((route) => [`${route.method} ${route.path}`, route]));

/**
 * Makes the Lambda handler of a feature. Verifies the signed caller before anything else, then permission, input and
 * idempotency, runs the use case, commits its writes with their audit event in one transaction, and answers.
 */
export const serve = <R extends Routes, Needs>(
  routes: R,
  useCases: { readonly [Name in keyof R]: UseCase<R[Name], NoInfer<Needs>> },
  needsOf: (session: TenantSession) => Needs,
): Handler => {
  const table = tableOfRoutes(routes);
  return async (event, context) => {
    const operation = `${event?.httpMethod} ${event?.resource}`;
    try {
      const proven = await verifiedCaller(event);
      const route = findRoute(table, event);
      refuseCredentialInUrl(event, route);
      authorize(route, proven);
      const session = openSession(proven.tenant, signalOf(context));
      const caller = route.sensitive ? await recheck(route, proven, session) : proven;
      const useCase = useCases[route.operation] as unknown as AnyUseCase<Needs>;
      return await make({ route, event, caller, session }, (input) => useCase(needsOf(session), caller, input));
    } catch (error) {
      return failureOf(error, event?.requestContext?.requestId ?? '', operation);
    }
  };
};

/** The same for routes that anybody may call: no caller, no session, nothing of any tenant within reach. */
export const servePublic = <R extends Routes>(
  routes: R,
  answers: { readonly [Name in keyof R]: (input: Readonly<Record<string, unknown>>) => Promise<Answer<unknown>> },
): Handler => {
  const table = tableOfRoutes(routes);
  return async (event) => {
    try {
      const route = findRoute(table, event);
      if (route.permission !== 'public') throw new Failure('internal');
      refuseCredentialInUrl(event, route);
      const { input } = parseRequest(event, route);
      return answer(
        successOf(route, await (answers[route.operation] as (input: unknown) => Promise<AnyResult>)(input)),
      );
    } catch (error) {
      return failureOf(error, event?.requestContext?.requestId ?? '', `${event?.httpMethod} ${event?.resource}`);
    }
  };
};
