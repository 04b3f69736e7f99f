import { AsyncLocalStorage } from 'node:async_hooks';
import { isIP } from 'node:net';
import type { Context } from 'aws-lambda';

/** What is learned of the caller while a request is worked on. */
interface Noted {
  operation: string;
  tenant: string;
  principal: string;
  credential: string;
}

/** What every line of an invocation carries. Ids and addresses only. */
export interface Invocation extends Readonly<Partial<Noted>> {
  /** Lambda's id of this invocation. The access log has the authorizer's, as `authorizerInvocationId`. */
  readonly invocationId?: string;
  /** The gateway's id of the request, as in the access log and in the header `x-amzn-RequestId`. */
  readonly requestId?: string;
  /** Where the request came from, as the gateway saw it. */
  readonly address?: string;
}

const current = new AsyncLocalStorage<Invocation & Partial<Noted>>();

/** The invocation that the running code belongs to, however many are under way. */
export const invocation = (): Invocation => current.getStore() ?? {};

/** Adds to every later line of this invocation. */
export const note = (facts: Partial<Noted>): void => void Object.assign(current.getStore() ?? {}, facts);

interface FromGateway {
  readonly requestContext?: {
    readonly requestId?: unknown;
    readonly identity?: { readonly sourceIp?: unknown };
    readonly http?: { readonly sourceIp?: unknown };
  };
}

/** Whoever invokes a function past the gateway writes the event: what does not look like an id or address is left out. */
const isRequestId = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f-]{36}$/i.test(value);
const isAddress = (value: unknown): value is string => typeof value === 'string' && isIP(value) !== 0;

const invocationOf = (event: unknown, context?: Pick<Context, 'awsRequestId'>): Invocation => {
  const { requestId, identity, http } = (event as FromGateway | null)?.requestContext ?? {};
  const address = identity?.sourceIp ?? http?.sourceIp;
  return {
    ...(context?.awsRequestId && { invocationId: context.awsRequestId }),
    ...(isRequestId(requestId) && { requestId }),
    ...(isAddress(address) && { address }),
  };
};

/** Runs an invocation so that all it logs, however late and beside whatever else, carries its ids and no other's. */
export const inInvocation = <T>(event: unknown, context: Pick<Context, 'awsRequestId'> | undefined, run: () => T): T =>
  current.run(invocationOf(event, context), run);
