import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Operation } from '../../../lambdas/contract.ts';
import type { FuzzRequest, Pairs } from './requests.ts';

const grouped = (pairs: Pairs): Record<string, string[]> | null => {
  const groups = new Map<string, string[]>();
  for (const [name, value] of pairs) groups.set(name, [...(groups.get(name) ?? []), value]);
  return groups.size > 0 ? Object.fromEntries(groups) : null;
};
const lastOf = (pairs: Pairs): Record<string, string> | null => (pairs.length > 0 ? Object.fromEntries(pairs) : null);

export const pathOf = ({ path: resource }: Pick<Operation, 'path'>, { path }: FuzzRequest): string =>
  resource.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ''));

export const queryOf = ({ query }: FuzzRequest): string =>
  query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');

/** The event that API Gateway makes of a request, as it arrives: JSON and nothing else. */
export const proxyEventOf = (route: Operation, request: FuzzRequest, assertion: string): APIGatewayProxyEvent =>
  JSON.parse(
    JSON.stringify({
      resource: route.path,
      path: pathOf(route, request),
      httpMethod: route.method,
      headers: lastOf(request.headers),
      multiValueHeaders: grouped(request.headers),
      queryStringParameters: lastOf(request.query),
      multiValueQueryStringParameters: grouped(request.query),
      pathParameters: Object.keys(request.path).length > 0 ? request.path : null,
      stageVariables: null,
      requestContext: { requestId: 'fuzz', identity: { sourceIp: '192.0.2.1' }, authorizer: { assertion } },
      // Half a character does not survive UTF-8, on the wire or between services.
      body: request.body ? Buffer.from(request.body).toString() : null,
      isBase64Encoded: false,
    }),
  ) as APIGatewayProxyEvent;
