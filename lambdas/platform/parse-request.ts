import type { APIGatewayProxyEvent } from 'aws-lambda';
import * as z from 'zod';
import type { Route } from '../kernel/define-route.ts';
import { type FieldError, fail } from '../kernel/errors.ts';
import { bulkOf } from '../model/bulk.ts';
import { fieldErrorsOf, shownName } from '../model/field-errors.ts';
import { bodyLimits, parseJsonText } from '../model/json-text.ts';
import { tokenPattern } from '../model/token-format.ts';

/** A request that passed every check that needs nothing but itself. */
export interface Request {
  /** Path and query parameters by name, `body`, `ifMatch`: what the use case gets. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly ifMatch?: number;
  readonly idempotencyKey?: string;
}

const once = ['authorization', 'content-type', 'if-match', 'idempotency-key'];
const credentialNames = /^(access[_-]?token|api[_-]?key|authorization|bearer|secret|token)$/i;
const shownErrors = 20;

const header = (event: APIGatewayProxyEvent, name: string): string | undefined =>
  Object.entries(event.headers ?? {}).find(([known]) => known.toLowerCase() === name)?.[1];

/** Everything of a query, as it was meant: names and values, every one of each. */
const queryWords = (event: APIGatewayProxyEvent): readonly string[] =>
  Object.entries(event.multiValueQueryStringParameters ?? {}).flatMap(([name, values]) => [name, ...(values ?? [])]);

const noCredential = 'no credential: send it in the Authorization header';

/** Where in the URL a credential is. It has leaked into logs on the way already: say so, do not serve it. */
export const credentialInUrl = (event: APIGatewayProxyEvent): FieldError | undefined => {
  const names = Object.keys(event.multiValueQueryStringParameters ?? {});
  if (queryWords(event).some((word) => tokenPattern.test(word)) || names.some((name) => credentialNames.test(name)))
    return { field: 'query', expected: noCredential };
  // Encoded or not: what the gateway decoded is looked at as well.
  const path = [event.path, ...Object.values(event.pathParameters ?? {})];
  return path.some((part) => tokenPattern.test(part ?? '')) ? { field: 'path', expected: noCredential } : undefined;
};

/** A header in two spellings is one header. */
const timesSent = (event: APIGatewayProxyEvent, name: string): number =>
  Object.entries(event.multiValueHeaders ?? {})
    .filter(([known]) => known.toLowerCase() === name)
    .reduce((sum, [, values]) => sum + (values?.length ?? 0), 0);

const repeated = (event: APIGatewayProxyEvent): FieldError[] => [
  ...once
    .filter((name) => timesSent(event, name) > 1)
    .map((name) => ({ field: `header.${name}`, expected: 'sent once' })),
  ...Object.entries(event.multiValueQueryStringParameters ?? {})
    .filter(([, values]) => (values?.length ?? 0) > 1)
    .map(([name]) => ({ field: `query.${shownName(name)}`, expected: 'sent once' })),
];

/** A merge patch may also be called what every other body is. Source: RFC 7396 section 4 */
const jsonType = (route: Route): RegExp =>
  route.method === 'PATCH'
    ? /^application\/(merge-patch\+)?json\s*(;\s*charset="?utf-8"?\s*)?$/i
    : /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i;

/** Elements of a bulk change are checked one by one, later: one that is wrong must not refuse the others. */
const anyElements = bulkOf(z.unknown());

const schemaOf = (route: Route, place: 'path' | 'query' | 'body'): z.ZodType | undefined =>
  place === 'body' && route.each ? anyElements : route.input[place];

const bodyOf = (event: APIGatewayProxyEvent, route: Route): unknown => {
  const text = event.body ?? '';
  if (Buffer.byteLength(text) > bodyLimits.bytes)
    return fail('payload-too-large', [{ field: 'body', expected: `at most ${bodyLimits.bytes} bytes` }]);
  if (!route.input.body)
    return text === '' ? undefined : fail('invalid-request', [{ field: 'body', expected: 'no body' }]);
  const type = header(event, 'content-type') ?? '';
  if (event.isBase64Encoded || !jsonType(route).test(type))
    return fail('unsupported-media-type', [
      { field: 'header.content-type', expected: 'application/json, with no charset but utf-8' },
    ]);
  const parsed = parseJsonText(text);
  return 'refused' in parsed ? fail('invalid-request', [parsed.refused]) : parsed.value;
};

const etag: FieldError = { field: 'header.if-match', expected: 'the ETag of the item, such as "3", in double quotes' };

const ifMatchOf = (event: APIGatewayProxyEvent, route: Route): number | undefined => {
  const sent = route.ifMatch && header(event, 'if-match');
  if (sent === undefined) return route.ifMatch === 'required' ? fail('if-match-required', [etag]) : undefined;
  const version = /^"([1-9]\d{0,14})"$/.exec(sent)?.[1];
  return version ? Number(version) : fail('invalid-request', [etag]);
};

const idempotencyKeyOf = (event: APIGatewayProxyEvent, route: Route): string | undefined => {
  const sent = route.method === 'POST' ? header(event, 'idempotency-key') : undefined;
  if (sent === undefined || /^[\x21-\x7e]{1,64}$/.test(sent)) return sent;
  return fail('invalid-request', [{ field: 'header.idempotency-key', expected: '1 to 64 visible ASCII characters' }]);
};

/** @throws Failure naming each refused field and what was expected there. */
export const parseRequest = (event: APIGatewayProxyEvent, route: Route): Request => {
  const twice = repeated(event);
  if (twice.length > 0) fail('invalid-request', twice);
  const parts = {
    path: event.pathParameters ?? {},
    query: event.queryStringParameters ?? {},
    body: bodyOf(event, route),
  };
  const problems: FieldError[] = [];
  const parsed: Record<string, unknown> = {};
  for (const place of ['path', 'query', 'body'] as const) {
    const schema = schemaOf(route, place);
    if (!schema) {
      const names = place === 'query' ? Object.keys(parts.query) : [];
      problems.push(...names.map((name) => ({ field: `query.${shownName(name)}`, expected: 'no such parameter' })));
      continue;
    }
    const result = schema.safeParse(parts[place]);
    if (result.success) parsed[place] = result.data;
    else problems.push(...fieldErrorsOf(place, result.error));
  }
  if (problems.length > 0) fail('invalid-request', problems.slice(0, shownErrors));
  const ifMatch = ifMatchOf(event, route);
  const idempotencyKey = idempotencyKeyOf(event, route);
  return {
    input: {
      ...(parsed.path as object),
      ...(parsed.query as object),
      ...(route.input.body && { body: parsed.body }),
      ...(ifMatch !== undefined && { ifMatch }),
    },
    ...(ifMatch !== undefined && { ifMatch }),
    ...(idempotencyKey !== undefined && { idempotencyKey }),
  };
};
