import type { Operation } from '../../../lambdas/contract.ts';
import { ask, type Reply } from '../../harness/http.ts';
import { urlOf, type ValidRequest } from '../../harness/valid-request.ts';

/** A request as it goes over the wire. */
export interface Sent {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: string | Buffer;
}

/** A valid request of a route, to be spoilt. */
export const sentOf = ({ permission }: Operation, request: ValidRequest, token: string): Sent => ({
  method: request.method,
  target: urlOf(request),
  headers: [
    ...(permission === 'public' ? [] : [['Authorization', `Bearer ${token}`] as const]),
    ...(request.body === undefined ? [] : [['Content-Type', 'application/json'] as const]),
    ...request.headers,
  ],
  ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
});

export const send = (apiUrl: string, { method, target, headers, body }: Sent): Promise<Reply> =>
  ask(apiUrl, method, target, { headers, ...(body !== undefined && { raw: body }) });

export const pathIn = ({ target }: Sent): string => target.split('?')[0] ?? '';

export const withPath = (sent: Sent, path: (known: string) => string): Sent => ({
  ...sent,
  target: path(pathIn(sent)) + sent.target.slice(pathIn(sent).length),
});

/** In the place of the path's first parameter. */
export const withSegment = (sent: Sent, { path }: Operation, segment: string): Sent => {
  const place = path.split('/').findIndex((part) => part.startsWith('{'));
  const segments = pathIn(sent).split('/');
  return withPath(sent, () => segments.map((part, at) => (at === place ? segment : part)).join('/'));
};

export const withQuery = (sent: Sent, query: string): Sent => ({
  ...sent,
  target: `${sent.target}${sent.target.includes('?') ? '&' : '?'}${query}`,
});

/** In the place of a header of that name, or more than one, or none. */
export const withHeader = (sent: Sent, name: string, ...values: readonly string[]): Sent => ({
  ...sent,
  headers: [
    ...sent.headers.filter(([known]) => known.toLowerCase() !== name.toLowerCase()),
    ...values.map((value) => [name, value] as const),
  ],
});

export const withBody = (sent: Sent, body: string | Buffer): Sent => ({ ...sent, body });

export const withProperty = (sent: Sent, name: string, value: unknown): Sent => {
  const properties = Object.entries(JSON.parse(String(sent.body)) as object).filter(([known]) => known !== name);
  return withBody(sent, JSON.stringify(Object.fromEntries([...properties, [name, value]])));
};
