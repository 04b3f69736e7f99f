import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';

/**
 * One line for each request, whoever answered it. Nothing in it is written by the caller: no header (a User-Agent with
 * quotes would forge fields, since values are not escaped), no query string, no path but the route's own. Lines of route
 * functions carry the same `requestId`; the authorizer, whom the gateway tells neither that nor the address, writes its
 * own invocation's id, which is here too.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 */
export const accessLogFields = {
  requestId: '$context.requestId',
  time: '$context.requestTimeEpoch',
  ip: '$context.identity.sourceIp',
  method: '$context.httpMethod',
  resourcePath: '$context.resourcePath',
  status: '$context.status',
  responseLatency: '$context.responseLatency',
  integrationLatency: '$context.integrationLatency',
  authorizerLatency: '$context.authorizer.latency',
  tenant: '$context.authorizer.tenant',
  principal: '$context.authorizer.principal',
  credential: '$context.authorizer.credential',
  errorType: '$context.error.responseType',
  authorizerError: '$context.authorizer.error',
  authorizerInvocationId: '$context.authorizer.requestId',
};

export const accessLogFormat = AccessLogFormat.custom(JSON.stringify(accessLogFields));
