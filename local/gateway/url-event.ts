import type { KnownKey } from '../aws/world.ts';
import { parseQuery } from './query.ts';
import { header, type RawRequest } from './raw-request.ts';

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
  caller: KnownKey | undefined,
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
      ...(caller ? { authorizer: { iam: iamOf(caller) } } : {}),
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

const iamOf = ({ principal, credentials }: KnownKey) => {
  const userId = `AROA${principal.roleName.toUpperCase()}:${principal.sessionName}`;
  return {
    accessKey: credentials.accessKeyId,
    accountId: principal.account,
    callerId: userId,
    cognitoIdentity: null,
    principalOrgId: null,
    userArn: principal.arn,
    userId,
  };
};

/** Text media types come as text, all others in base64. */
const bodyOf = (request: RawRequest): { readonly body?: string; readonly isBase64Encoded: boolean } => {
  if (request.body.length === 0) return { isBase64Encoded: false };
  const isText = /^(text\/|application\/(json|javascript|xml|.*\+json|.*\+xml))/.test(
    header(request, 'content-type') ?? '',
  );
  return { body: request.body.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText };
};

const joined = (pairs: readonly (readonly [string, string])[]): Record<string, string> => {
  const values = new Map<string, string>();
  for (const [name, value] of pairs) values.set(name, values.has(name) ? `${values.get(name)},${value}` : value);
  return Object.fromEntries(values);
};
