import * as z from 'zod';
import type { ErrorCode } from './errors.ts';
import type { Permission } from './permissions.ts';
import type { Touches } from './tables.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

interface Input {
  readonly path?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
}

/** All style and script of a page, each as one inline element. */
export interface PageAssets {
  readonly style: string;
  readonly script?: string;
}

/** Days in UTC: `2027-03-01`. */
export interface Deprecation {
  readonly since: string;
  /** From this day on it may be gone. */
  readonly sunset?: string;
  /** What to call now: an operation of the contract. */
  readonly instead: string;
}

/** What a route is. Everything else (gateway, OpenAPI, client, checks, grants, tests) is derived from it. */
export interface Route {
  readonly method: Method;
  /** `/v1/services/{service}` */
  readonly path: string;
  /** One line, in the API reference. */
  readonly summary: string;
  readonly permission: Permission | 'public';
  /** Checked against the tables at every call, not only when the authorizer's cached answer expires. */
  readonly sensitive?: boolean;
  readonly input: Input;
  readonly answers: {
    readonly status: 200 | 201 | 204;
    readonly body?: z.ZodType;
    /** Fields of the body shown in the first answer only, never kept for an idempotent replay. Optional in `body`. */
    readonly shownOnce?: readonly string[];
    /** Sent as lines of JSON, not as one object: each of the body's `items`, then `{"next":"…"}` where there is more. */
    readonly lines?: true;
    /** A page for people: the body is its HTML. The only style and script that browsers may take from it are these. */
    readonly html?: PageAssets;
  };
  /** `required`: refused without If-Match. `optional`: checked when sent. Answers carry an ETag when set. */
  readonly ifMatch?: 'required' | 'optional';
  /** The answer carries the item's version as ETag. */
  readonly etag?: boolean;
  /**
   * What each of the body's `items` must be. They are carried out one by one, each in a transaction of its own with an
   * audit event of its own, and answered one by one: an element that is refused does not stop the others.
   */
  readonly each?: z.ZodType;
  /** The errors of its own; those that any route of its shape can answer are added by `errorsOf`. */
  readonly errors: readonly ErrorCode[];
  /** The audit action. Present exactly on routes that change state. */
  readonly audit?: string;
  readonly touches: Touches;
  /** It still works and will not for ever: said in every answer of its function, in the document and on its page. */
  readonly deprecated?: Deprecation;
}

/** Of a successful answer that has a body. Lines of JSON: https://github.com/ndjson/ndjson-spec */
export const mediaTypeOf = ({ answers }: { readonly answers: Pick<Route['answers'], 'lines' | 'html'> }): string => {
  if (answers.html) return 'text/html; charset=utf-8';
  return answers.lines ? 'application/x-ndjson' : 'application/json';
};

/** A route under its operation name, as it stands in the contract. */
export interface Operation extends Route {
  /** `createService` */
  readonly operation: string;
  /** The feature folder and function that serves it. */
  readonly feature: string;
}

const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));

const checkDeprecation = (where: string, { since, sunset = since }: Deprecation): void => {
  if (!isDay(since) || !isDay(sunset) || sunset < since)
    throw new Error(`${where}: deprecated.since and sunset are days such as 2027-03-01, sunset not before since.`);
};

/** Checks what types cannot say, once, when the contract is loaded. */
export const defineRoute = <const R extends Route>(route: R): R => {
  const where = `${route.method} ${route.path}`;
  const named = [...route.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
  const declared = route.input.path instanceof z.ZodObject ? Object.keys(route.input.path.shape).sort() : [];
  if (named.join() !== declared.join())
    throw new Error(`${where}: path names {${named}} but input.path has {${declared}}.`);
  if ((route.method === 'GET') === (route.audit !== undefined)) {
    throw new Error(`${where}: a route that changes state, and only that, names its audit action.`);
  }
  if (route.answers.html && (route.method !== 'GET' || route.permission !== 'public'))
    throw new Error(`${where}: a page is read by people in a browser, which sends no token: GET and public.`);
  if (route.deprecated) checkDeprecation(where, route.deprecated);
  return route;
};

const methods: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

const byPathAndMethod = (a: Route, b: Route): number => {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return methods.indexOf(a.method) - methods.indexOf(b.method);
};

/** A feature's routes, by path and method: the order of a module's exports is not the same in every module system. */
export const operationsOf = (feature: string, routes: Readonly<Record<string, Route>>): readonly Operation[] =>
  Object.entries(routes)
    .map(([operation, route]) => ({ ...route, operation, feature }))
    .sort(byPathAndMethod);

/** The closed list of errors a route can answer: its own, and those its shape brings. */
export const errorsOf = (route: Route): readonly ErrorCode[] => {
  const codes = new Set<ErrorCode>([
    'invalid-request',
    'payload-too-large',
    'rate-limited',
    'internal',
    'unavailable',
    'deadline-exceeded',
  ]);
  codes.add('credential-in-url');
  if (route.permission !== 'public')
    for (const code of ['unauthenticated', 'permission-denied', 'tenant-suspended'] as const) codes.add(code);
  if (route.input.body) codes.add('unsupported-media-type');
  if (route.method === 'POST') codes.add('idempotency-key-reused');
  if (route.ifMatch) codes.add('version-mismatch');
  if (route.ifMatch === 'required') codes.add('if-match-required');
  for (const code of route.errors) codes.add(code);
  return [...codes].sort();
};
