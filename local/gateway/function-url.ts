import { randomUUID } from 'node:crypto';
import { verifySignature } from '../aws/signature.ts';
import type { CredentialsStore, KnownKey } from '../aws/world.ts';
import type { RegisteredFunction } from '../lambda/function-registry.ts';
import { mayInvoke } from '../lambda/may-invoke.ts';
import type { Clock } from '../types.ts';
import type { HttpAnswer } from './http-server.ts';
import type { RawRequest } from './raw-request.ts';
import { type FunctionUrlPlace, urlEvent } from './url-event.ts';
import { parseUrlResponse } from './url-response.ts';

export interface FunctionUrlOptions {
  readonly place: FunctionUrlPlace;
  readonly authType: 'AWS_IAM' | 'NONE';
  readonly target: RegisteredFunction;
  readonly credentials: CredentialsStore;
  readonly clock: Clock;
}

/**
 * Serves a function URL. With AWS_IAM the signature is verified and the caller needs lambda:InvokeFunctionUrl and
 * lambda:InvokeFunction, from its own policies or the function's; both are asked since October 2025.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
export const answerFunctionUrl = async (request: RawRequest, options: FunctionUrlOptions): Promise<HttpAnswer> => {
  const requestId = randomUUID();
  const answer = await answerOf(request, options, requestId);
  // Clients correct their clock by it when a signature was refused for its date.
  const isDated = answer.headers.some(([name]) => name.toLowerCase() === 'date');
  const date = ['Date', new Date(options.clock.now()).toUTCString()] as const;
  return { ...answer, headers: [...answer.headers, ...(isDated ? [] : [date]), ['x-amzn-RequestId', requestId]] };
};

const answerOf = async (request: RawRequest, options: FunctionUrlOptions, requestId: string): Promise<HttpAnswer> => {
  if (request.tooLarge) return refused(413, 'Request Entity Too Large', 'RequestEntityTooLargeException');
  const caller = options.authType === 'NONE' ? undefined : authenticate(request, options);
  if (typeof caller === 'string') return refused(403, caller, 'AccessDeniedException');
  if (!isAllowed(caller, options)) return refused(403, 'Forbidden', 'AccessDeniedException');
  const moment = { requestId, at: options.clock.now() };
  const event = urlEvent(request, { ...options.place, ...moment }, caller);
  const invocation = await options.target.run.invoke(JSON.stringify(event));
  if (invocation.kind === 'throttled') return refused(429, 'Rate Exceeded.', 'TooManyRequestsException');
  if (invocation.kind === 'failed') return refused(502, 'Internal Server Error', 'InternalServerErrorException');
  return parseUrlResponse(invocation.payload);
};

const refused = (status: number, Message: string, type: string): HttpAnswer => ({
  status,
  headers: [
    ['Content-Type', 'application/json'],
    ['x-amzn-ErrorType', type],
  ],
  body: Buffer.from(JSON.stringify({ Message })),
});

/** The caller behind the signature, or why there is none. */
const authenticate = (request: RawRequest, { credentials, clock, place }: FunctionUrlOptions): KnownKey | string => {
  const { method, url, body } = request;
  const verdict = verifySignature({ method, url, headers: everyValue(request), body }, credentials, clock);
  if (!verdict.ok) return verdict.fault === 'missing' ? 'Forbidden' : verdict.message;
  const { scope, key } = verdict;
  if (scope.service === 'lambda' && scope.region === place.region) return key;
  return `Credential should be scoped to service lambda and region ${place.region}.`;
};

const everyValue = ({ headers }: RawRequest): Record<string, readonly string[]> => {
  const values = new Map<string, string[]>();
  for (const [name, value] of headers)
    values.set(name.toLowerCase(), [...(values.get(name.toLowerCase()) ?? []), value]);
  return Object.fromEntries(values);
};

const isAllowed = (caller: KnownKey | undefined, { target, place, authType }: FunctionUrlOptions): boolean => {
  const anybody = { kind: 'service' as const, service: 'anonymous', account: place.account };
  const principal = caller?.principal ?? anybody;
  const may = (action: string, context: Record<string, string>) =>
    mayInvoke(target, principal, action, context).allowed;
  return (
    may('lambda:InvokeFunctionUrl', { 'lambda:FunctionUrlAuthType': authType }) &&
    may('lambda:InvokeFunction', { 'lambda:InvokedViaFunctionUrl': 'true' })
  );
};
