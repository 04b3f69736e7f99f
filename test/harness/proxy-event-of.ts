import { pathOf, type ValidRequest } from './valid-request.ts';

const listed = (values: Readonly<Record<string, string>>): Record<string, string[]> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value]]));

/** The event in which the gateway would hand a request to a function, with whatever the authorizer is to have said. */
export const proxyEventOf = (request: ValidRequest, authorizer: unknown) => {
  const headers: Record<string, string> = {
    ...Object.fromEntries(request.headers),
    ...(request.body !== undefined && { 'Content-Type': 'application/json' }),
  };
  return {
    resource: request.resource,
    path: pathOf(request),
    httpMethod: request.method,
    headers,
    multiValueHeaders: listed(headers),
    queryStringParameters: request.query,
    multiValueQueryStringParameters: listed(request.query),
    pathParameters: request.pathParameters,
    requestContext: { requestId: 'direct', identity: { sourceIp: '192.0.2.1' }, authorizer },
    body: request.body === undefined ? null : JSON.stringify(request.body),
    isBase64Encoded: false,
  };
};
