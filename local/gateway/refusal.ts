/** Types of gateway responses with their status, error type header and message where nobody changed them.
 *  https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html */
export const refusals = {
  ACCESS_DENIED: [403, 'AccessDeniedException', 'User is not authorized to access this resource'],
  API_CONFIGURATION_ERROR: [500, 'InternalServerErrorException', 'Internal server error'],
  AUTHORIZER_CONFIGURATION_ERROR: [500, 'AuthorizerConfigurationException', null],
  AUTHORIZER_FAILURE: [500, 'AuthorizerFailureException', null],
  DEFAULT_4XX: [400, 'BadRequestException', 'Bad Request'],
  DEFAULT_5XX: [500, 'InternalServerErrorException', 'Internal server error'],
  INTEGRATION_FAILURE: [504, 'InternalServerErrorException', 'Internal server error'],
  INTEGRATION_TIMEOUT: [504, 'InternalServerErrorException', 'Endpoint request timed out'],
  MISSING_AUTHENTICATION_TOKEN: [403, 'MissingAuthenticationTokenException', 'Missing Authentication Token'],
  REQUEST_TOO_LARGE: [413, 'RequestTooLargeException', 'Request Too Long'],
  THROTTLED: [429, 'TooManyRequestsException', 'Too Many Requests'],
  UNAUTHORIZED: [401, 'UnauthorizedException', 'Unauthorized'],
} as const satisfies Record<string, readonly [status: number, errorType: string, message: string | null]>;

export type RefusalType = keyof typeof refusals;

/** Thrown by a step of the gateway: the request ends with this gateway response. `why` is for the operator only. */
export class Refusal extends Error {
  readonly type: RefusalType;
  /** The status where this case differs from its type's own. */
  readonly status: number;
  readonly why: string;
  /** Of the authorizer's invocation that ended the request: `$context.authorizer.requestId`. */
  readonly authorizerRequestId: string | undefined;
  constructor(
    type: RefusalType,
    options: {
      readonly status?: number;
      readonly message?: string;
      readonly why?: string;
      readonly authorizerRequestId?: string;
    } = {},
  ) {
    super(options.message ?? refusals[type][2] ?? '');
    this.type = type;
    this.status = options.status ?? refusals[type][0];
    this.why = options.why ?? '';
    this.authorizerRequestId = options.authorizerRequestId;
  }
}
