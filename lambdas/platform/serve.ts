import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import type { TenantSession } from '../kernel/session.ts';
import type { Caller, UseCase } from '../kernel/use-case.ts';
import { type AnyResult, carryOut } from './carry-out.ts';
import { withinDeadline } from './deadline.ts';
import { withDeprecation } from './deprecation-headers.ts';
import { failureOf } from './failure-of.ts';
import { note } from './invocation.ts';
import { observed } from './observed.ts';
import { refuseLeakedCredential } from './refuse-leaked-credential.ts';
import { findRoute, type Routes, routeTable } from './route-table.ts';
import { openSession } from './tenant-session.ts';
import { authorize, recheck, verifyCaller } from './verify-caller.ts';

type AnyUseCase<Needs> = (needs: Needs, caller: Caller, input: never) => Promise<AnyResult>;
export type Handler = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;

/**
 * Makes the Lambda handler of a feature. Verifies the signed caller before anything else, then permission, input and
 * idempotency, runs the use case, commits its writes with their audit event in one transaction, and answers.
 */
export const serve = <R extends Routes, Needs>(
  routes: R,
  useCases: { readonly [Name in keyof R]: UseCase<R[Name], Needs> },
  needsOf: (session: TenantSession) => Needs,
): Handler => {
  const table = routeTable(routes);
  const answerTo = async (event: APIGatewayProxyEvent, signal: AbortSignal): Promise<APIGatewayProxyResult> => {
    const proven = await verifyCaller(event);
    const { tenant, principal, credential } = proven;
    note({ tenant, principal, credential });
    const route = findRoute(table, event);
    note({ operation: route.operation });
    refuseLeakedCredential(event, route);
    authorize(route, proven);
    const session = openSession(proven.tenant, signal);
    const caller = route.sensitive ? await recheck(route, proven, session) : proven;
    const useCase = useCases[route.operation] as unknown as AnyUseCase<Needs>;
    return carryOut({ route, event, caller, session }, (input) => useCase(needsOf(session), caller, input));
  };
  return observed(async (event, context) => {
    const answered = await withinDeadline(context, (signal) => answerTo(event, signal)).catch(failureOf);
    return withDeprecation(table, event, answered);
  });
};
