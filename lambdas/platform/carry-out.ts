import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { type Answer, type Caller, type Change, toIso } from '../kernel/use-case.ts';
import { answer, type Success } from './answer.ts';
import { auditWrite } from './audit-write.ts';
import { clock } from './clock.ts';
import { Refused } from './commit.ts';
import { environment } from './environment.ts';
import { idempotencyCollection, idempotencyOf } from './idempotency.ts';
import { parseRequest } from './parse-request.ts';
import { newId } from './random.ts';
import type { Served } from './route-table.ts';
import type { CommittingSession } from './tenant-session.ts';

/** What a use case returns, of whatever route. */
export type AnyResult = Answer<unknown> & Partial<Change<unknown>>;

/** A request of a verified and permitted caller. */
export interface Visit {
  readonly route: Served;
  readonly event: APIGatewayProxyEvent;
  readonly caller: Caller;
  readonly session: CommittingSession;
}

export const successOf = (route: Served, result: AnyResult): Success => ({
  status: route.answers.status,
  ...(result.body !== undefined && { body: result.body }),
  ...(route.answers.lines && { lines: true }),
  ...(route.etag && result.version !== undefined && { version: result.version }),
  ...(result.location !== undefined && { location: result.location }),
});

const auditEventOf = ({ event, caller }: Visit, action: string, { subject = '', details }: AnyResult) =>
  auditWrite(
    {
      id: newId('evt'),
      at: toIso(clock.now()),
      action,
      subject,
      principal: caller.principal,
      credential: caller.credential,
      address: event.requestContext.identity.sourceIp,
      requestId: event.requestContext.requestId,
      ...(details && { details }),
    },
    environment.auditRetentionDays(),
  );

/**
 * Runs the use case once per Idempotency-Key, adds the audit event and the idempotency record to what it wants, and
 * commits all of it or nothing.
 */
export const carryOut = async (
  visit: Visit,
  run: (input: never) => Promise<AnyResult>,
): Promise<APIGatewayProxyResult> => {
  const { route, event, caller, session } = visit;
  const { input, idempotencyKey: key } = parseRequest(event, route);
  const idempotency =
    key === undefined ? undefined : idempotencyOf(session, clock, caller, route.operation, key, input);
  const earlier = await idempotency?.replay();
  if (earlier) return answer(earlier, true);
  const result = await run(input as never);
  const success = successOf(route, result);
  if (route.audit === undefined) return answer(success);
  const record = idempotency?.record(success, route.answers.shownOnce);
  const writes = [...(record ? [record] : []), ...(result.writes ?? []), auditEventOf(visit, route.audit, result)];
  try {
    await session.commit(writes);
  } catch (error) {
    // Another request with the same key won the race: its answer is ours too.
    const isLost = error instanceof Refused && error.write.collection === idempotencyCollection;
    const winner = isLost ? await idempotency?.replay() : undefined;
    if (winner) return answer(winner, true);
    throw error;
  }
  return answer(success);
};
