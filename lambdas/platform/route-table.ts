import type { APIGatewayProxyEvent } from 'aws-lambda';
import { operationsOf, type Route } from '../kernel/define-route.ts';
import { fail } from '../kernel/errors.ts';

export type Routes = Readonly<Record<string, Route>>;
/** A route and the name of its use case. */
export type Served = Route & { readonly operation: string };
export type RouteTable = ReadonlyMap<string, Served>;

/** The routes of one function by method and resource, as the gateway names them. */
export const routeTable = (routes: Routes): RouteTable =>
  new Map(operationsOf('', routes).map((route) => [`${route.method} ${route.path}`, route]));

/** The gateway ignores a slash at the end of a path; the contract does not. */
export const routeOf = (table: RouteTable, event: APIGatewayProxyEvent): Served | undefined => {
  const isExact = event.path === '/' || !event.path?.endsWith('/');
  return isExact ? table.get(`${event.httpMethod} ${event.resource}`) : undefined;
};

/** @throws Failure `route-not-found` */
export const findRoute = (table: RouteTable, event: APIGatewayProxyEvent): Served =>
  routeOf(table, event) ?? fail('route-not-found');
