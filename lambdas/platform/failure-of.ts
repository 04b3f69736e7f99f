import type { APIGatewayProxyResult } from 'aws-lambda';
import { type ErrorCode, errors, Failure, type FieldError } from '../kernel/errors.ts';
import { answerProblem } from './answer.ts';
import { log, reportHealth } from './log.ts';
import { randomWord } from './random.ts';

const throttled =
  /^(ProvisionedThroughputExceeded|Throttling|RequestLimitExceeded|TransactionInProgress|LimitExceeded|TooManyRequests|InternalServerError|InternalFailure|ServiceUnavailable|TimeoutError|KMSInternal|DependencyTimeout)/;

/** Node's words for a connection that was not made or did not last. */
const unreachable = /^(ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;

const codeOf = (error: unknown): Failure => {
  if (error instanceof Failure) return error;
  const { name, code } = error as { name?: string; code?: string };
  if (name === 'AbortError') return new Failure('deadline-exceeded');
  if (throttled.test(name ?? '') || unreachable.test(code ?? '')) return new Failure('unavailable');
  return new Failure('internal');
};

/** Whether the time was over: that is told once, by whoever answers. */
export const isTimeOver = (error: unknown): boolean => codeOf(error).code === 'deadline-exceeded';

/** Where it was thrown. A stack begins with the message, which may have many lines: zod's do. */
const placesOf = ({ stack = '' }: Error): readonly string[] =>
  stack
    .split('\n')
    .filter((line) => /^ {4}at /.test(line))
    .slice(0, 7);

interface Told {
  readonly code: ErrorCode;
  readonly fields: readonly FieldError[];
  /** Opaque id of an internal error. */
  readonly instance?: string;
}

/**
 * What may be told of anything thrown. Only a Failure's code shows; the rest is `internal` under an opaque id that the
 * log line carries too, with the error's name and our own stack: never its message, which may quote ARNs and data.
 */
export const toldOf = (error: unknown): Told => {
  const { code, fields } = codeOf(error);
  const instance = code === 'internal' ? randomWord(16) : undefined;
  const level = errors[code].log;
  if (level !== 'none') {
    const name = error instanceof Failure ? undefined : (error as Error)?.name;
    const stack = code === 'internal' && error instanceof Error ? placesOf(error) : undefined;
    log(level, 'refused', { code, instance, name, stack });
  }
  if (code === 'internal' || code === 'deadline-exceeded') reportHealth({ event: 'request-failed', code });
  return { code, fields, ...(instance !== undefined && { instance }) };
};

/** The answer to anything thrown. */
export const failureOf = (error: unknown): APIGatewayProxyResult => {
  const { code, fields, instance } = toldOf(error);
  return answerProblem(code, fields, instance);
};
