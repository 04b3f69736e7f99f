import type { ServiceAnswer } from '../types.ts';
import type { AwsError } from './aws-error.ts';
import type { Fields } from './fields.ts';
import type { KnownKey } from './world.ts';

/** An SDK call of a known caller, done or refused, for those who watch over the account. */
export interface ObservedCall {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly service: string;
  readonly operation: string;
  readonly input: Fields;
  readonly requestId: string;
  readonly caller: KnownKey;
  /** ARNs that the caller asked for; not those that a service asked for in its name. */
  readonly resources: readonly string[];
  readonly userAgent: string;
  readonly address: string;
  /** One of both. The answer may be an error too: the engine's. */
  readonly error?: AwsError;
  readonly answer?: ServiceAnswer;
}
