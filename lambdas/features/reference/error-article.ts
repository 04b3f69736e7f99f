import type { Operation } from '../../contract.ts';
import { errorsOf } from '../../kernel/define-route.ts';
import { type ErrorCode, errors, problemMediaType, problemOf } from '../../kernel/errors.ts';
import { gatewayRefusals } from '../../kernel/gateway-refusals.ts';
import { errorNotes } from './error-notes.ts';

/** Everything that there is to say of an error, before it is Markdown in docs/errors or HTML under /docs/errors. */
export interface ErrorArticle {
  readonly code: ErrorCode;
  readonly status: number;
  readonly title: string;
  /** Whether the same request may succeed later, as a sentence. */
  readonly again: string;
  readonly why: readonly string[];
  readonly advice: string;
  readonly more?: string;
  /** An answer as it goes over the wire. */
  readonly example: string;
  /** Those that answer it; none where a sentence says it all. */
  readonly routes: readonly Operation[];
  /** Which routes, or who else, in sentences. */
  readonly answeredBy: readonly string[];
}

const headersOf = (code: ErrorCode): readonly string[] => [
  `Content-Type: ${problemMediaType}`,
  ...(errors[code].retryable ? ['Retry-After: 1'] : []),
  ...(code === 'unauthenticated' ? ['WWW-Authenticate: Bearer realm="ringfence"'] : []),
];

const exampleOf = (code: ErrorCode): string => {
  const instance = code === 'internal' ? 'h4nSg0aZ9KfT2xQb' : undefined;
  const problem = problemOf(code, errorNotes[code].fields, instance);
  return [`HTTP/1.1 ${problem.status}`, ...headersOf(code), '', JSON.stringify(problem, null, 2)].join('\n');
};

const answerersOf = (code: ErrorCode, contract: readonly Operation[]): Pick<ErrorArticle, 'routes' | 'answeredBy'> => {
  const routes = contract.filter((route) => errorsOf(route).includes(code));
  const byGateway = Object.values<ErrorCode>(gatewayRefusals).includes(code);
  if (routes.length === 0) {
    const who = byGateway
      ? 'The gateway answers it: no route is asked.'
      : 'Answered to operators only, by `ringfence tenants`.';
    return { routes, answeredBy: [who] };
  }
  const isEvery = routes.length === contract.length;
  return {
    routes: isEvery ? [] : routes,
    answeredBy: [
      ...(isEvery ? ['Every route.'] : []),
      ...(byGateway ? ['The gateway answers it too, before a request comes to its route.'] : []),
    ],
  };
};

export const errorArticle = (code: ErrorCode, contract: readonly Operation[]): ErrorArticle => {
  const { status, title, advice, retryable } = errors[code];
  const { why, more } = errorNotes[code];
  return {
    code,
    status,
    title,
    again: retryable
      ? 'The same request may succeed later: `Retry-After` says when to try again.'
      : 'The same request will be refused again.',
    why,
    advice,
    ...(more !== undefined && { more }),
    example: exampleOf(code),
    ...answerersOf(code, contract),
  };
};
