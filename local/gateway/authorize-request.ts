import { authorize } from '../iam/evaluate.ts';
import { errorOf } from '../lambda/error-of.ts';
import type { InvokeFunction } from '../lambda/invoke-as-service.ts';
import type { Clock, Decision } from '../types.ts';
import type { Authorizer } from './api-definition.ts';
import type { AuthorizerCache } from './authorizer-cache.ts';
import { type AuthorizerResult, parseAuthorizerResult } from './authorizer-result.ts';
import { methodArn, type StagePlace } from './method-arn.ts';
import { header, type RawRequest } from './raw-request.ts';
import { Refusal, type RefusalType } from './refusal.ts';

export interface AuthorizeOptions {
  readonly authorizer: Authorizer;
  readonly authorizerId: string;
  readonly cache: AuthorizerCache<AuthorizerResult>;
  readonly place: StagePlace;
  readonly clock: Clock;
  readonly invoke: InvokeFunction;
}

/** `$context.authorizer`: what the integration, the access log and gateway responses see of the caller. */
export type AuthorizerValues = Readonly<Record<string, string | number>>;

export interface Authorization {
  readonly values: AuthorizerValues;
  /** Of the authorizer's invocation; absent when its result was remembered. For the access log alone. */
  readonly requestId?: string;
  /** The policy does not let the caller in; `values` still stand for the response and the log. */
  readonly denied?: Refusal;
}

/**
 * Authorizes a request as a TOKEN authorizer does: a missing credential or one that does not match the validation
 * expression is refused without invoking anything; a cached or fresh policy decides on the method's ARN.
 * Throws `Refusal` when there is no such policy.
 */
export const authorizeRequest = async (request: RawRequest, options: AuthorizeOptions): Promise<Authorization> => {
  const { authorizer, place } = options;
  const credential = header(request, authorizer.header);
  if (!credential || (authorizer.validation && !authorizer.validation.test(credential)))
    throw new Refusal('UNAUTHORIZED');
  const begun = performance.now();
  const arn = methodArn(place, request.method, request.path);
  const { result, requestId } = await rememberedOrAsked(credential, arn, options);
  const integrationLatency = requestId === undefined ? 0 : Math.round(performance.now() - begun);
  const values = { ...result.context, principalId: result.principalId, integrationLatency };
  const decision = decide(result, arn, request, options);
  const authorization = { values, ...(requestId !== undefined && { requestId }) };
  return decision.allowed ? authorization : { ...authorization, denied: accessDenied(decision) };
};

const accessDenied = ({ by, reason }: Decision): Refusal => {
  const message = `User is not authorized to access this resource${by ? ' with an explicit deny' : ''}`;
  return new Refusal('ACCESS_DENIED', { message, why: reason });
};

interface Asked {
  readonly result: AuthorizerResult;
  readonly requestId?: string;
}

const rememberedOrAsked = async (credential: string, arn: string, options: AuthorizeOptions): Promise<Asked> => {
  const known = options.cache.find(credential);
  if (known) return { result: known };
  const asked = await askAuthorizer(credential, arn, options);
  options.cache.keep(credential, asked.result);
  return asked;
};

const askAuthorizer = async (
  authorizationToken: string,
  arn: string,
  { authorizer, authorizerId, place, invoke }: AuthorizeOptions,
): Promise<Asked> => {
  const event = JSON.stringify({ type: 'TOKEN', methodArn: arn, authorizationToken });
  const sourceArn = `arn:aws:execute-api:${place.region}:${place.account}:${place.apiId}/authorizers/${authorizerId}`;
  const invocation = await invoke(authorizer.functionArn, event, sourceArn);
  if (invocation.kind === 'refused') throw new Refusal('AUTHORIZER_CONFIGURATION_ERROR', { why: invocation.payload });
  const { requestId, kind } = invocation;
  const refuse = (type: RefusalType, why = ''): never => {
    throw new Refusal(type, { why, authorizerRequestId: requestId });
  };
  if (kind === 'throttled') return refuse('AUTHORIZER_CONFIGURATION_ERROR', invocation.payload);
  if (kind === 'answered') {
    const result = parseAuthorizerResult(invocation.payload);
    return result
      ? { result, requestId }
      : refuse('AUTHORIZER_CONFIGURATION_ERROR', `${authorizer.name} answered no valid policy`);
  }
  // The one error message that API Gateway knows. It is answered each time anew: refusals are not cached.
  if (JSON.parse(invocation.payload).errorMessage === 'Unauthorized') return refuse('UNAUTHORIZED');
  return refuse('AUTHORIZER_FAILURE', errorOf(invocation.payload));
};

const decide = (
  { principalId, policy }: AuthorizerResult,
  resource: string,
  request: RawRequest,
  { place, clock, authorizer }: AuthorizeOptions,
): Decision => {
  const name = `authorizer-${authorizer.name}`;
  const principal = {
    kind: 'session' as const,
    arn: `arn:aws:sts::${place.account}:assumed-role/${name}/${principalId}`,
    account: place.account,
    roleName: name,
    roleArn: `arn:aws:iam::${place.account}:role/${name}`,
    sessionName: principalId,
    tags: {},
    policies: [policy],
  };
  const context = { 'aws:SourceIp': request.sourceIp, 'aws:CurrentTime': new Date(clock.now()).toISOString() };
  return authorize({ principal, action: 'execute-api:Invoke', resource, context });
};
