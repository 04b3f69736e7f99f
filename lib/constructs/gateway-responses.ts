import { type ErrorCode, errors, gatewayRefusals, problemMediaType, problemOf } from '../../lambdas/contract.ts';

interface GatewayResponse {
  readonly statusCode: string;
  readonly responseParameters: Readonly<Record<string, string>>;
  readonly responseTemplates: Readonly<Record<string, string>>;
}

const headersOf = (code: ErrorCode): Readonly<Record<string, string>> => ({
  'Cache-Control': 'no-store',
  'Content-Type': problemMediaType,
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
  ...(errors[code].retryable && { 'Retry-After': '1' }),
  ...(code === 'unauthenticated' && { 'WWW-Authenticate': 'Bearer realm="ringfence"' }),
});

/** The gateway does not say what it found: most often a URL that is no percent-encoded UTF-8. */
const unreadable = [{ field: 'request', expected: 'a URL in percent-encoded UTF-8, and headers that HTTP allows' }];

/** A static problem document. Only an internal error has an id, for support; the template is not VTL. */
const responseOf = (code: ErrorCode): GatewayResponse => ({
  statusCode: String(errors[code].status),
  responseParameters: Object.fromEntries(
    Object.entries(headersOf(code)).map(([name, value]) => [`gatewayresponse.header.${name}`, `'${value}'`]),
  ),
  // The key chooses the template for what the caller accepts; the header above says what it is.
  responseTemplates: {
    'application/json': JSON.stringify(
      problemOf(
        code,
        code === 'invalid-request' ? unreadable : [],
        code === 'internal' ? '$context.requestId' : undefined,
      ),
    ),
  },
});

export const gatewayResponses: Readonly<Record<string, GatewayResponse>> = Object.fromEntries(
  Object.entries<ErrorCode>(gatewayRefusals).map(([type, code]) => [type, responseOf(code)]),
);
