import type { Operation } from '../../lambdas/contract.ts';
import type { IdKind } from '../../lambdas/kernel/id-kinds.ts';
import type { Ask } from './http.ts';
import { type IdPosition, missingId, type Place } from './id-positions.ts';
import { jsonSchemaOf } from './json-schema-of.ts';
import { type Filling, sampleOf } from './sample.ts';
import { type Seeded, seeded } from './seedings.ts';
import type { FreshTenant } from './tenant.ts';

/** A request that a route accepts. */
export interface ValidRequest {
  readonly method: string;
  readonly resource: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly headers: readonly (readonly [string, string])[];
}

/** What one id position holds instead of a thing of the tenant's own. */
export interface Planted {
  readonly position: IdPosition;
  readonly value: string;
}

const record = (value: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(value ?? {}).map(([name, inner]) => [name, String(inner)]));

type Own = ReadonlyMap<IdKind, Seeded>;

const fillingOf = (place: Place, own: Own, planted: Planted | undefined): Filling => {
  const target = planted?.position.place === place ? planted.position.at : undefined;
  return {
    idOf: (at, kinds) =>
      target === at && planted ? planted.value : (own.get(kinds[0] ?? 'ten')?.id ?? missingId(kinds[0] ?? 'ten')),
    ...(target !== undefined && { target }),
  };
};

/** Things of the tenant's own for the ids that a route cannot do without. */
const ownThings = async (route: Operation, apiUrl: string, tenant: FreshTenant): Promise<Own> => {
  const own = new Map<IdKind, Seeded>();
  for (const place of ['path', 'query', 'body'] as const) {
    const schema = route.input[place];
    if (!schema) continue;
    const used: IdKind[] = [];
    const note = (_: string, [kind]: readonly IdKind[]): string => {
      if (kind) used.push(kind);
      return missingId(kind ?? 'ten');
    };
    sampleOf(jsonSchemaOf(schema), { idOf: note });
    for (const kind of used) if (!own.has(kind)) own.set(kind, await seeded(kind, apiUrl, tenant));
  }
  return own;
};

/**
 * A request that a route accepts from a tenant, about new things of its own, made from the route's schemas: whoever adds
 * a route adds it to every test of this kind. One id position may be planted with another value.
 */
export const validRequest = async (
  route: Operation,
  apiUrl: string,
  tenant: FreshTenant,
  planted?: Planted,
): Promise<ValidRequest> => {
  const own = await ownThings(route, apiUrl, tenant);
  const sample = (place: Place): unknown => {
    const schema = route.input[place];
    return schema && sampleOf(jsonSchemaOf(schema), fillingOf(place, own, planted));
  };
  return {
    method: route.method,
    resource: route.path,
    pathParameters: record(sample('path')),
    query: record(sample('query')),
    ...(route.input.body && { body: sample('body') }),
    headers: route.ifMatch === 'required' ? [['If-Match', '"1"']] : [],
  };
};

export const pathOf = ({ resource, pathParameters }: ValidRequest): string =>
  resource.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(pathParameters[name] ?? ''));

/** Path and query as they are sent. */
export const urlOf = (request: ValidRequest): string => {
  const query = new URLSearchParams(request.query).toString();
  return pathOf(request) + (query && `?${query}`);
};

export const askOf = ({ body, headers }: ValidRequest, token?: string): Ask => ({
  headers,
  ...(body !== undefined && { body }),
  ...(token !== undefined && { token }),
});
