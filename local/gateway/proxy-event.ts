import type { ContextVariables } from './context-variables.ts';
import type { RawRequest } from './raw-request.ts';
import type { Match } from './route-table.ts';

export interface EventParts {
  readonly request: RawRequest;
  readonly match: Match;
  readonly query: ReadonlyMap<string, readonly string[]>;
  readonly context: ContextVariables;
  readonly stageVariables: Readonly<Record<string, string>> | null;
  readonly isBinary: boolean;
}

/** Headers that API Gateway keeps to itself. */
const dropped = new Set(['connection', 'content-length', 'keep-alive', 'transfer-encoding', 'upgrade', 'te', 'expect']);

/**
 * The event of a Lambda proxy integration, payload format 1.0. Single-value maps hold the last value, absent maps and
 * an empty body are null.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export const proxyEvent = ({ request, match, query, context, stageVariables, isBinary }: EventParts) => {
  const headers = groupedHeaders(request);
  return {
    resource: match.route.path,
    path: request.path,
    httpMethod: request.method,
    headers: lastOf(headers),
    multiValueHeaders: orNull(headers),
    queryStringParameters: lastOf(query),
    multiValueQueryStringParameters: orNull(query),
    pathParameters: Object.keys(match.parameters).length > 0 ? match.parameters : null,
    stageVariables,
    requestContext: context,
    body: request.body.length === 0 ? null : request.body.toString(isBinary ? 'base64' : 'utf8'),
    isBase64Encoded: isBinary && request.body.length > 0,
  };
};

/** By the spelling of the first one; what a client adds in another spelling is the same header. */
const groupedHeaders = ({
  headers,
  sourceIp,
}: Pick<RawRequest, 'headers' | 'sourceIp'>): ReadonlyMap<string, readonly string[]> => {
  const spelling = new Map<string, string>();
  const grouped = new Map<string, string[]>();
  const added = [
    ['X-Forwarded-For', [...headers.filter(isForwardedFor).map(([, value]) => value), sourceIp].join(', ')],
    ['X-Forwarded-Proto', 'https'],
    ['X-Forwarded-Port', '443'],
  ] as const;
  const own = new Set(added.map(([name]) => name.toLowerCase()));
  const passed = headers.filter(([name]) => !dropped.has(name.toLowerCase()) && !own.has(name.toLowerCase()));
  for (const [name, value] of [...passed, ...added]) {
    const lower = name.toLowerCase();
    const spelled = spelling.get(lower) ?? name;
    spelling.set(lower, spelled);
    grouped.set(spelled, [...(grouped.get(spelled) ?? []), value]);
  }
  return grouped;
};

/** What a client claims stays in front; only the last address is the gateway's word. */
const isForwardedFor = ([name]: readonly [string, string]): boolean => name.toLowerCase() === 'x-forwarded-for';

const lastOf = (values: ReadonlyMap<string, readonly string[]>): Record<string, string> | null =>
  values.size === 0 ? null : Object.fromEntries([...values].map(([name, all]) => [name, all.at(-1) ?? '']));

const orNull = (values: ReadonlyMap<string, readonly string[]>): Record<string, readonly string[]> | null =>
  values.size === 0 ? null : Object.fromEntries(values);
