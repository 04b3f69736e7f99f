import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { Deprecation } from '../kernel/define-route.ts';
import { type RouteTable, routeOf } from './route-table.ts';

/**
 * Since when, as RFC 9745 writes it (an RFC 9651 date), and until when at least, as RFC 8594 does (an HTTP date).
 * https://www.rfc-editor.org/rfc/rfc9745 https://www.rfc-editor.org/rfc/rfc8594
 */
const headersOf = ({ since, sunset }: Deprecation): Readonly<Record<string, string>> => ({
  Deprecation: `@${Date.parse(since) / 1000}`,
  ...(sunset !== undefined && { Sunset: new Date(sunset).toUTCString() }),
});

/** An answer of a deprecated route, whatever it says, also says that the route is. */
export const withDeprecation = (
  table: RouteTable,
  event: APIGatewayProxyEvent,
  answered: APIGatewayProxyResult,
): APIGatewayProxyResult => {
  const deprecated = routeOf(table, event)?.deprecated;
  return deprecated ? { ...answered, headers: { ...answered.headers, ...headersOf(deprecated) } } : answered;
};
