import type { APIGatewayProxyResult } from 'aws-lambda';
import { type ErrorCode, errors, type FieldError, problemMediaType, problemOf } from '../kernel/errors.ts';

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
}

export const answer = ({ status, body, version, location }: Success, replayed = false): APIGatewayProxyResult => ({
  statusCode: status,
  headers: {
    ...always,
    ...(body !== undefined && { 'Content-Type': 'application/json' }),
    ...(version !== undefined && { ETag: `"${version}"` }),
    ...(location !== undefined && { Location: location }),
    ...(replayed && { 'Idempotency-Replayed': 'true' }),
  },
  body: body === undefined ? '' : JSON.stringify(body),
});

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
