import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { Failure } from '../kernel/errors.ts';
import type { Write } from '../kernel/session.ts';
import { type Answer, type Caller, type Change, toIso } from '../kernel/use-case.ts';
import { answer, type Success } from './answer.ts';
import { auditWrite } from './audit-write.ts';
import { type BulkInput, carryOutBulk } from './carry-out-bulk.ts';
import { clock } from './clock.ts';
import { Refused } from './commit.ts';
import { environment } from './environment.ts';
import { idempotencyOf, isOvertaken } from './idempotency.ts';
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

export type Run = (input: never) => Promise<AnyResult>;

/** Of as many at once on one thing, each comes to its turn. */
const attempts = 8;
const pause = (attempt: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** attempt));

/** Lost to a change beside it that the caller had no part in: what it read first is not so any more. */
const isLostRace = (error: unknown): boolean =>
  error instanceof Refused && error.code === 'unavailable' && !isOvertaken(error);

/**
 * Runs the use case and commits what it wants with its audit event, all of it or nothing; from the start again when it
 * lost a race inside. What wants nothing is left alone.
 */
export const runAndCommit = async (
  visit: Visit,
  run: () => Promise<AnyResult>,
  beside: (result: AnyResult) => readonly Write[] = () => [],
): Promise<AnyResult> => {
  const { route, session } = visit;
  for (let attempt = 1; ; attempt += 1) {
    const result = await run();
    if (route.audit === undefined || result.writes?.length === 0) return result;
    try {
      await session.commit([...beside(result), ...(result.writes ?? []), auditEventOf(visit, route.audit, result)]);
      return result;
    } catch (error) {
      if (!isLostRace(error) || attempt === attempts) throw error;
      await pause(attempt);
    }
  }
};

/** Does what is asked once per Idempotency-Key: the record of the answer is committed with the change. */
export const carryOut = async (visit: Visit, run: Run): Promise<APIGatewayProxyResult> => {
  const { route, event, caller, session } = visit;
  const { input, idempotencyKey: key } = parseRequest(event, route);
  const idempotency =
    key === undefined ? undefined : idempotencyOf(session, clock, caller, route.operation, key, input);
  if (route.each) return carryOutBulk(visit, run, (input as unknown as BulkInput).body.items, idempotency);
  const earlier = await idempotency?.replay();
  if (earlier) return answer(earlier, true);
  const record = (result: AnyResult): readonly Write[] =>
    idempotency ? [idempotency.record(successOf(route, result), route.answers.shownOnce)] : [];
  try {
    return answer(successOf(route, await runAndCommit(visit, () => run(input as never), record)));
  } catch (error) {
    // Another request with the same key may have won meanwhile, and be why this one is refused: its answer is ours too.
    const winner = error instanceof Failure ? await idempotency?.replay() : undefined;
    if (winner) return answer(winner, true);
    throw error;
  }
};
