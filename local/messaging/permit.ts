import { createGate, type GateRecord, type Question } from '../aws/authorization.ts';
import { AwsError } from '../aws/aws-error.ts';
import type { Calls, World } from '../aws/world.ts';
import type { Principal } from '../types.ts';

/** Something that AWS does by itself: a service for one of its resources, or Lambda under a function's role. */
export interface Errand {
  readonly principal: Principal;
  /** `sns` */
  readonly service: string;
  /** `Publish` */
  readonly operation: string;
  /** All must be allowed. Throws `AwsError` when a key cannot be used at all. */
  readonly questions: () => readonly Question[];
}

/** Asks the policies as for any call, records the answer in the calls journal, and tells of a refusal. */
export type Permit = (errand: Errand) => boolean;

export const createPermit =
  (world: World, calls: Calls, tell: (line: string) => void): Permit =>
  ({ principal, service, operation, questions }) => {
    const who = principal.kind === 'service' ? principal.service : principal.arn;
    const record: GateRecord = { operation, principal: who, allowed: false, reason: '' };
    const gate = createGate(world, principal, record);
    try {
      for (const question of questions()) gate(question);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      Object.assign(record, {
        allowed: false,
        reason: record.allowed ? error.message : record.reason || error.message,
      });
      tell(`${service} ${operation} by ${who} is refused, and lost: ${record.reason}`);
    }
    calls.record({ at: world.clock.now(), service, ...record });
    return record.allowed;
  };
