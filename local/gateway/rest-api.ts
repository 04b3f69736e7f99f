import { randomUUID } from 'node:crypto';
import type { InvokeFunction } from '../lambda/invoke-as-service.ts';
import { shortId } from '../template/physical-name.ts';
import type { Clock, LogLine } from '../types.ts';
import type { ApiDefinition, Authorizer } from './api-definition.ts';
import { type Answered, type Measured, measureRequest } from './api-metrics.ts';
import { type Authorization, type AuthorizerValues, authorizeRequest } from './authorize-request.ts';
import { type AuthorizerCache, createAuthorizerCache } from './authorizer-cache.ts';
import type { AuthorizerResult } from './authorizer-result.ts';
import { type ContextVariables, substituteVariables } from './context-variables.ts';
import { type GatewayResponse, renderRefusal } from './gateway-response.ts';
import type { HttpAnswer } from './http-server.ts';
import { integrate } from './integrate.ts';
import type { StagePlace } from './method-arn.ts';
import { proxyEvent } from './proxy-event.ts';
import { parseQuery } from './query.ts';
import { header, type RawRequest } from './raw-request.ts';
import { Refusal } from './refusal.ts';
import { requestContext } from './request-context.ts';
import { createRouteTable, type Match } from './route-table.ts';
import type { Throttle } from './throttle.ts';

/** One request as the live line shows it. */
export interface RequestSeen {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** What the authorizer said of the caller; absent where nobody was authorized. */
  readonly authorizer?: AuthorizerValues;
  /** Why the gateway refused: for the operator, never sent. */
  readonly why?: string;
  readonly ms: number;
}

export interface RestApiOptions {
  readonly origin: string;
  readonly api: ApiDefinition;
  readonly gatewayResponses: ReadonlyMap<string, GatewayResponse>;
  readonly place: StagePlace;
  readonly stageVariables: Readonly<Record<string, string>> | null;
  readonly accessLog?: { readonly group: string; readonly format: string };
  readonly throttle: Throttle;
  /** The API's name, under which its metrics are kept. */
  readonly apiName: string;
  readonly measured: Measured;
  readonly clock: Clock;
  readonly invoke: InvokeFunction;
  readonly write: (line: LogLine) => void;
  readonly onRequest: (seen: RequestSeen) => void;
}

export interface RestApi {
  answer(request: RawRequest): Promise<HttpAnswer>;
  /** Forgets cached authorizer results, as FlushStageAuthorizersCache does. */
  forgetAuthorizations(): void;
}

/** A deployed stage of a REST API: takes a raw request through routing, throttling, authorizer and integration. */
export const createRestApi = (options: RestApiOptions): RestApi => {
  const routes = createRouteTable(options.origin, options.api.routes);
  const caches = new Map<string, AuthorizerCache<AuthorizerResult>>();
  const cacheOf = (authorizer: Authorizer): AuthorizerCache<AuthorizerResult> => {
    const cache =
      caches.get(authorizer.name) ?? createAuthorizerCache<AuthorizerResult>(authorizer.ttlSeconds, options.clock);
    caches.set(authorizer.name, cache);
    return cache;
  };

  const find = (request: RawRequest): Match => {
    if (request.tooLarge) throw new Refusal('REQUEST_TOO_LARGE');
    const found = routes.find(request.method, request.path);
    if (!found) throw new Refusal('MISSING_AUTHENTICATION_TOKEN');
    if (found === 'malformed') throw new Refusal('DEFAULT_4XX');
    return found;
  };

  const authorized = async (
    request: RawRequest,
    { route: { authorizer } }: Match,
  ): Promise<Authorization | undefined> =>
    authorizer &&
    authorizeRequest(request, {
      ...options,
      authorizer,
      authorizerId: shortId(options.place.apiId, authorizer.name).slice(0, 6),
      cache: cacheOf(authorizer),
    });

  return {
    forgetAuthorizations: () => caches.clear(),
    answer: async (request) => {
      const begun = performance.now();
      const requestId = randomUUID();
      const at = options.clock.now();
      let context = requestContext(request, options.place, { requestId, at }, undefined);
      let authorizer: AuthorizerValues | undefined;
      let authorizerRequestId: string | undefined;
      let answer: HttpAnswer;
      let why: string | undefined;
      let integrationBegun: number | undefined;
      try {
        const match = find(request);
        context = requestContext(request, options.place, { requestId, at }, match);
        const query = parseQuery(request.query);
        if (!query) throw new Refusal('DEFAULT_4XX');
        if (!options.throttle.admits(match.route)) throw new Refusal('THROTTLED');
        const authorization = await authorized(request, match);
        authorizer = authorization?.values;
        authorizerRequestId = authorization?.requestId;
        if (authorizer) context = { ...context, authorizer };
        if (authorization?.denied) throw authorization.denied;
        const isBinary = isBinaryBody(request, options.api.binaryMediaTypes);
        const { stageVariables } = options;
        const event = proxyEvent({ request, match, query, context, stageVariables, isBinary });
        integrationBegun = performance.now();
        answer = await integrate(match.route, event, options);
      } catch (error) {
        const refusal = error instanceof Refusal ? error : new Refusal('DEFAULT_5XX', { why: String(error) });
        why = refusal.why || refusal.message;
        authorizerRequestId ??= refusal.authorizerRequestId;
        context = { ...context, error: errorVariables(refusal) };
        answer = renderRefusal(refusal, options.gatewayResponses, context);
      }
      const ended = performance.now();
      const ms = ended - begun;
      const integration = integrationBegun === undefined ? {} : { integrationMs: ended - integrationBegun };
      const logged = { ...context, authorizer: { ...authorizer, requestId: authorizerRequestId } };
      const answered = { at: options.clock.now(), status: answer.status, ms, ...integration };
      writeAccessLog(options, logged, answer, answered);
      measureRequest({ ...options, stage: options.place.stage }, answered);
      const seen = { at, method: request.method, path: request.path, status: answer.status, ms };
      options.onRequest({ ...seen, ...(authorizer ? { authorizer } : {}), ...(why === undefined ? {} : { why }) });
      return { ...answer, headers: [...answer.headers, ['x-amzn-RequestId', requestId]] };
    },
  };
};

const errorVariables = (refusal: Refusal): ContextVariables => ({
  message: refusal.message || null,
  messageString: JSON.stringify(refusal.message || null),
  responseType: refusal.type,
});

const isBinaryBody = (request: RawRequest, mediaTypes: readonly string[]): boolean => {
  const type = header(request, 'content-type')?.split(';')[0]?.trim() ?? '';
  return mediaTypes.some((media) => media === '*/*' || media === type);
};

/** Variables without a value are written as `-`. */
const writeAccessLog = (
  { accessLog, write }: RestApiOptions,
  context: ContextVariables,
  answer: HttpAnswer,
  { at, ms, integrationMs }: Answered,
): void => {
  if (!accessLog) return;
  const variables = {
    ...context,
    status: answer.status,
    responseLength: answer.body.length,
    responseLatency: Math.round(ms),
    ...(integrationMs === undefined ? {} : { integrationLatency: Math.round(integrationMs) }),
  };
  write({ at, group: accessLog.group, message: substituteVariables(accessLog.format, variables, '-') });
};
