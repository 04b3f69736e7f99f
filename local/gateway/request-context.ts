import { shortId } from '../template/physical-name.ts';
import type { ContextVariables } from './context-variables.ts';
import type { StagePlace } from './method-arn.ts';
import { header, type RawRequest } from './raw-request.ts';
import type { Match } from './route-table.ts';

/**
 * `requestContext` of a proxy event; the same values are `$context` of templates and access logs.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export const requestContext = (
  request: RawRequest,
  place: StagePlace,
  { requestId, at }: { readonly requestId: string; readonly at: number },
  match: Match | undefined,
): ContextVariables => ({
  accountId: place.account,
  apiId: place.apiId,
  domainName: header(request, 'host')?.split(':')[0] ?? '127.0.0.1',
  domainPrefix: '127',
  extendedRequestId: `${requestId.slice(0, 13).replaceAll('-', '')}=`,
  httpMethod: request.method,
  identity: {
    accessKey: null,
    accountId: null,
    caller: null,
    sourceIp: request.sourceIp,
    user: null,
    userAgent: header(request, 'user-agent') ?? null,
    userArn: null,
  },
  path: request.path,
  protocol: request.protocol,
  requestId,
  requestTime: commonLogTime(at),
  requestTimeEpoch: at,
  ...(match ? { resourceId: shortId(place.apiId, match.route.path).slice(0, 6), resourcePath: match.route.path } : {}),
  stage: place.stage,
});

/** `21/Nov/2026:14:05:01 +0000` */
const commonLogTime = (at: number): string => {
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(at).toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
};
