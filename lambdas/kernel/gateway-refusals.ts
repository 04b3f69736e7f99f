import type { ErrorCode } from './errors.ts';

/**
 * What the gateway refuses by itself, in the words of our own errors. The closed list of
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
export const gatewayRefusals = {
  /** The authorizer's Deny: a proved credential of a suspended tenant. */
  ACCESS_DENIED: 'tenant-suspended',
  /** Also an answer of a function that is none. */
  API_CONFIGURATION_ERROR: 'internal',
  /** The authorizer failed or its reserved instances are busy; the next attempt may succeed. */
  AUTHORIZER_CONFIGURATION_ERROR: 'unavailable',
  AUTHORIZER_FAILURE: 'unavailable',
  BAD_REQUEST_BODY: 'invalid-request',
  BAD_REQUEST_PARAMETERS: 'invalid-request',
  /** Their status is ours too, or body and status line would differ. */
  DEFAULT_4XX: 'invalid-request',
  DEFAULT_5XX: 'internal',
  /** Signatures are looked at only where no route is. */
  EXPIRED_TOKEN: 'route-not-found',
  /** A function could not be invoked, most likely because too many run. */
  INTEGRATION_FAILURE: 'unavailable',
  INTEGRATION_TIMEOUT: 'deadline-exceeded',
  INVALID_API_KEY: 'unauthenticated',
  INVALID_SIGNATURE: 'route-not-found',
  /** API Gateway's name for a path or method that no route has. */
  MISSING_AUTHENTICATION_TOKEN: 'route-not-found',
  QUOTA_EXCEEDED: 'rate-limited',
  REQUEST_TOO_LARGE: 'payload-too-large',
  RESOURCE_NOT_FOUND: 'route-not-found',
  THROTTLED: 'rate-limited',
  UNAUTHORIZED: 'unauthenticated',
  UNSUPPORTED_MEDIA_TYPE: 'unsupported-media-type',
  /** The web ACL has one rule, the rate of an address. */
  WAF_FILTERED: 'rate-limited',
} as const satisfies Record<string, ErrorCode>;
