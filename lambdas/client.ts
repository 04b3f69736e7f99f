import type { z } from 'zod';
import { type Answered, request, type Sent, type Transport } from './client-request.ts';
import type * as audit from './features/audit/routes.ts';
import type * as catalog from './features/catalog/routes.ts';
import type * as reference from './features/reference/routes.ts';
import type * as tenant from './features/tenant/routes.ts';
import type * as tokens from './features/tokens/routes.ts';
import type { Route } from './kernel/define-route.ts';

export { ProblemError, UnexpectedAnswer } from './client-request.ts';

type Contract = typeof catalog & typeof tokens & typeof tenant & typeof audit & typeof reference;

/** What programs call. Pages for people are for a browser. */
type Routes = {
  [Name in keyof Contract as Contract[Name]['answers'] extends { readonly html: unknown }
    ? never
    : Name]: Contract[Name];
};
export type OperationName = keyof Routes;

/**
 * All that the client knows of the API when it runs. The types of the contract demand each entry, to the letter, so
 * that this is not a second truth; and zod stays out of a customer's program.
 */
const operations: { readonly [Name in OperationName]: `${Routes[Name]['method']} ${Routes[Name]['path']}` } = {
  createDeploy: 'POST /v1/services/{service}/deploys',
  listDeploys: 'GET /v1/services/{service}/deploys',
  createRepository: 'POST /v1/repositories',
  listRepositories: 'GET /v1/repositories',
  readRepository: 'GET /v1/repositories/{repository}',
  replaceRepository: 'PUT /v1/repositories/{repository}',
  updateRepository: 'PATCH /v1/repositories/{repository}',
  deleteRepository: 'DELETE /v1/repositories/{repository}',
  upsertRepositories: 'POST /v1/bulk/repositories',
  createService: 'POST /v1/services',
  listServices: 'GET /v1/services',
  readService: 'GET /v1/services/{service}',
  replaceService: 'PUT /v1/services/{service}',
  updateService: 'PATCH /v1/services/{service}',
  upsertServices: 'POST /v1/bulk/services',
  deleteService: 'DELETE /v1/services/{service}',
  createTeam: 'POST /v1/teams',
  listTeams: 'GET /v1/teams',
  readTeam: 'GET /v1/teams/{team}',
  replaceTeam: 'PUT /v1/teams/{team}',
  updateTeam: 'PATCH /v1/teams/{team}',
  upsertTeams: 'POST /v1/bulk/teams',
  deleteTeam: 'DELETE /v1/teams/{team}',
  issueToken: 'POST /v1/tokens',
  listTokens: 'GET /v1/tokens',
  rotateToken: 'POST /v1/tokens/{tokenId}/rotate',
  revokeToken: 'DELETE /v1/tokens/{tokenId}',
  readMe: 'GET /v1/me',
  readTenant: 'GET /v1/tenant',
  listAuditEvents: 'GET /v1/audit-events',
  exportAuditEvents: 'GET /v1/audit-events/export',
  readOpenApi: 'GET /v1/openapi.json',
};

type InputPart<R extends Route, Part extends string> = R['input'] extends { readonly [P in Part]: infer S }
  ? S extends z.ZodType
    ? z.input<S>
    : unknown
  : unknown;

/** What a call takes: path and query parameters by name, the body, and headers by what they are for. */
export type Arguments<R extends Route> = InputPart<R, 'path'> &
  InputPart<R, 'query'> &
  (R['input'] extends { readonly body: infer S extends z.ZodType } ? { readonly body: z.input<S> } : unknown) &
  (R['method'] extends 'POST'
    ? /** Made anew for each call when absent; a call's own retries share it. */ { readonly idempotencyKey?: string }
    : unknown) &
  (R['ifMatch'] extends 'required'
    ? /** ETag or version of the item as it was read. */ { readonly ifMatch: string | number }
    : R['ifMatch'] extends 'optional'
      ? { readonly ifMatch?: string | number }
      : unknown) & { readonly signal?: AbortSignal };

type BodyOf<R extends Route> = R['answers'] extends { readonly body: infer S extends z.ZodType }
  ? z.output<S>
  : undefined;

type Method<R extends Route> =
  Record<never, never> extends Arguments<R>
    ? (sent?: Arguments<R>) => Promise<Answered<R['answers']['status'], BodyOf<R>>>
    : (sent: Arguments<R>) => Promise<Answered<R['answers']['status'], BodyOf<R>>>;

/** One method per operation of the contract. Each throws a `ProblemError` when the API refuses. */
export type Client = { readonly [Name in OperationName]: Method<Routes[Name]> };

/**
 * A client of the API at `url`, acting for `token`. It repeats what is safe to repeat: see `client-request.ts`. The
 * `headers` of what a deprecated operation answers have `Deprecation`, and `Sunset` where its end is known.
 *
 * ```ts
 * const client = createClient({ url: 'https://api.example.com', token });
 * const { body, etag } = await client.readService({ service: 'payments' });
 * ```
 */
export const createClient = (transport: Transport): Client =>
  Object.fromEntries(
    Object.entries(operations).map(([name, route]) => [name, (sent: Sent = {}) => request(transport, route, sent)]),
  ) as unknown as Client;
