import type { ServiceAnswer } from '../types.ts';
import type { Gate } from './authorization.ts';
import type { AwsError } from './aws-error.ts';
import type { Fields } from './fields.ts';
import type { Protocol } from './protocol.ts';
import type { KnownKey } from './world.ts';

export interface ServiceCall {
  readonly operation: string;
  readonly input: Fields;
  readonly requestId: string;
  /** From the access key that signed the call. */
  readonly caller: KnownKey;
  /** Throws AccessDenied unless the caller may. */
  readonly gate: Gate;
  /** Records that the call needs no permission. */
  allow(reason: string): void;
}

/** The work of an authorized call. Faults strike between the check and the work. */
export type Work = () => ServiceAnswer | Promise<ServiceAnswer>;

/** One AWS service of the endpoint. */
export interface Service {
  /** Its name in a SigV4 credential scope. */
  readonly name: string;
  readonly protocol: Protocol;
  /** The error its SDK client knows as throttling and retries. */
  throttled(operation: string): AwsError;
  /** Checks the caller's right to the call, does nothing else, and returns what remains to be done. */
  authorize(call: ServiceCall): Work;
}
