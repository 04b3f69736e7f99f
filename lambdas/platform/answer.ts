import type { APIGatewayProxyResult } from 'aws-lambda';
import { mediaTypeOf, type PageAssets } from '../kernel/define-route.ts';
import { type ErrorCode, errors, type FieldError, problemMediaType, problemOf } from '../kernel/errors.ts';
import { pageHeaders } from './page-headers.ts';

/** On every answer: nothing is cached, nothing is guessed, TLS only. */
const always = {
  'Cache-Control': 'no-store',
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
};

/** A successful answer as it is sent, and as an idempotent replay repeats it. */
export interface Success {
  readonly status: number;
  readonly body?: unknown;
  readonly version?: number;
  readonly location?: string;
  /** How the body is sent: see `Route`. */
  readonly lines?: true;
  readonly html?: PageAssets;
}

/** A page as lines of JSON. */
const linesOf = ({ items, next }: { readonly items?: readonly unknown[]; readonly next?: string }): string =>
  [...(items ?? []), ...(next === undefined ? [] : [{ next }])].map((line) => `${JSON.stringify(line)}\n`).join('');

const textOf = ({ body, lines, html }: Success): string => {
  if (body === undefined) return '';
  if (html) return String(body);
  return lines ? linesOf(body as Parameters<typeof linesOf>[0]) : JSON.stringify(body);
};

export const answer = (success: Success, replayed = false): APIGatewayProxyResult => {
  const { status, body, version, location } = success;
  return {
    statusCode: status,
    headers: {
      ...always,
      ...(body !== undefined && { 'Content-Type': mediaTypeOf({ answers: success }) }),
      ...(success.html && pageHeaders(success.html)),
      ...(version !== undefined && { ETag: `"${version}"` }),
      ...(location !== undefined && { Location: location }),
      ...(replayed && { 'Idempotency-Replayed': 'true' }),
    },
    body: textOf(success),
  };
};

/** Refusals of one kind are byte-identical, whoever asks and whatever exists. */
export const answerProblem = (
  code: ErrorCode,
  fields?: readonly FieldError[],
  instance?: string,
): APIGatewayProxyResult => ({
  statusCode: errors[code].status,
  headers: {
    ...always,
    'Content-Type': problemMediaType,
    ...(errors[code].retryable && { 'Retry-After': '1' }),
    ...(code === 'unauthenticated' && { 'WWW-Authenticate': 'Bearer realm="ringfence"' }),
    ...(code === 'permission-denied' && { 'WWW-Authenticate': 'Bearer realm="ringfence", error="insufficient_scope"' }),
  },
  body: JSON.stringify(problemOf(code, fields, instance)),
});
