import type { Principal } from '../types.ts';
import { parseQuery } from './query.ts';
import type { RawRequest } from './raw-request.ts';
import { header } from './raw-request.ts';

export interface FunctionUrlPlace {
  readonly account: string;
  readonly region: string;
  readonly urlId: string;
}

interface Moment {
  readonly requestId: string;
  readonly at: number;
}

/**
 * The event of a function URL, payload format 2.0: values of a repeated header or parameter joined by commas, cookies
 * apart, and for AWS_IAM who signed.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 */
export const urlEvent = (
  request: RawRequest,
  { account, urlId, requestId, at }: FunctionUrlPlace & Moment,
  caller: Extract<Principal, { kind: 'session' }> | undefined,
  accessKey: string | undefined,
) => {
  const query = joined(
    [...(parseQuery(request.query) ?? [])].flatMap(([name, values]) => values.map((value) => [name, value] as const)),
  );
  const cookies = header(request, 'cookie')?.split(/; ?/);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: request.path,
    rawQueryString: request.query,
    ...(cookies ? { cookies } : {}),
    headers: joined(request.headers.map(([name, value]) => [name.toLowerCase(), value] as const)),
    ...(request.query ? { queryStringParameters: query } : {}),
    requestContext: {
      accountId: account,
      apiId: urlId,
      ...(caller ? { authorizer: { iam: iamOf(caller, accessKey) } } : {}),
      domainName: header(request, 'host')?.split(':')[0] ?? '127.0.0.1',
      domainPrefix: urlId,
      http: {
        method: request.method,
        path: request.path,
        protocol: request.protocol,
        sourceIp: request.sourceIp,
        userAgent: header(request, 'user-agent') ?? '',
      },
      requestId,
      routeKey: '$default',
      stage: '$default',
      time: new Date(at).toISOString(),
      timeEpoch: at,
    },
    ...bodyOf(request),
  };
};

const iamOf = (caller: Extract<Principal, { kind: 'session' }>, accessKey: string | undefined) => ({
  accessKey,
  accountId: caller.account,
  callerId: `AROA${caller.roleName.toUpperCase()}:${caller.sessionName}`,
  cognitoIdentity: null,
  principalOrgId: null,
  userArn: caller.arn,
  userId: `AROA${caller.roleName.toUpperCase()}:${caller.sessionName}`,
});

/** Text media types come as text, all others in base64. */
const bodyOf = (request: RawRequest): { readonly body?: string; readonly isBase64Encoded: boolean } => {
  if (request.body.length === 0) return { isBase64Encoded: false };
  const isText = /^(text\/|application\/(json|javascript|xml|.*\+json|.*\+xml))/.test(
    header(request, 'content-type') ?? '',
  );
  return { body: request.body.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText };
};

const joined = (pairs: readonly (readonly [string, string])[]): Record<string, string> => {
  const values: Record<string, string> = {};
  for (const [name, value] of pairs) values[name] = name in values ? `${values[name]},${value}` : value;
  return values;
};
