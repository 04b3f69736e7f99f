/**
 * Every way a request can fail, one closed table. `advice` is answered as the problem's `detail` when the code names no
 * better one: it says what to do and nothing that helps an attacker. Each code has a page in docs/errors/.
 */
interface ErrorSpec {
  readonly status: number;
  readonly title: string;
  readonly advice: string;
  /** Whether the same request may succeed later. Answers with Retry-After where true. */
  readonly retryable: boolean;
  /** Level of the log line; `none` for what is the caller's ordinary business. */
  readonly log: 'none' | 'info' | 'warn' | 'error';
}

const caller = (status: number, title: string, advice: string): ErrorSpec => ({
  status,
  title,
  advice,
  retryable: false,
  log: 'none',
});
const refusal = (status: number, title: string, advice: string): ErrorSpec => ({
  ...caller(status, title, advice),
  log: 'warn',
});
const passing = (status: number, title: string, advice: string): ErrorSpec => ({
  status,
  title,
  advice,
  retryable: true,
  log: 'warn',
});

export const errors = {
  'invalid-request': caller(400, 'The request is not valid', 'Correct the fields named in "errors" and send it again.'),
  'invalid-cursor': caller(
    400,
    'The cursor is not valid',
    'Use "next" of the last page with unchanged filters, or start without a cursor.',
  ),
  'credential-in-url': refusal(
    400,
    'A credential was sent in the URL',
    'URLs end up in logs. Revoke that token, issue a new one, and send it in the Authorization header.',
  ),
  unauthenticated: refusal(
    401,
    'Authentication is required',
    'Send "Authorization: Bearer <token>" with a token that is neither expired nor revoked.',
  ),
  'permission-denied': refusal(
    403,
    'The token may not do this',
    'Use a token whose role and scopes include the permission this route needs: see the API reference.',
  ),
  'tenant-suspended': refusal(
    403,
    'The tenant is suspended',
    'Ask an owner of your tenant to contact the operator of this service.',
  ),
  'token-exceeds-issuer': refusal(
    403,
    'A token cannot grant more than its issuer has',
    'Ask for a role and scopes that your own token has.',
  ),
  'route-not-found': caller(
    404,
    'There is no such route',
    'Check the path and the method against /v1/openapi.json; paths have no trailing slash.',
  ),
  'service-not-found': caller(404, 'There is no such service', 'Check the id or alias, or list services.'),
  'team-not-found': caller(404, 'There is no such team', 'Check the id or alias, or list teams.'),
  'repository-not-found': caller(404, 'There is no such repository', 'Check the id, or list repositories.'),
  'token-not-found': caller(404, 'There is no such token', 'Check the id, or list tokens.'),
  'tenant-not-found': caller(404, 'There is no such tenant', 'Check the slug, or list tenants.'),
  'alias-taken': caller(
    409,
    'An alias is already in use',
    'Aliases are unique in your tenant: choose another, or take it off the item that has it.',
  ),
  'repository-exists': caller(
    409,
    'A repository with this URL exists',
    'URLs of repositories are unique in your tenant: use the one that is there, found by listing repositories.',
  ),
  'repository-in-use': caller(
    409,
    'Services still use the repository',
    'List the services with ?repository=<its id>, take it off them, then delete it.',
  ),
  'service-in-use': caller(
    409,
    'Other services still depend on the service',
    'List them with ?dependsOn=<its id>, take the dependency off them, then delete it.',
  ),
  'team-in-use': caller(
    409,
    'The team still owns something, or has child teams',
    'Give its services and repositories another owner and its child teams another parent, then delete the team.',
  ),
  'tenant-differs': caller(
    409,
    'A tenant with this slug exists with other values',
    'Use the name and owner of the existing tenant to continue its creation, or choose another slug.',
  ),
  'tenant-offboarded': caller(
    409,
    'The tenant was offboarded, or is about to be',
    'A slug is never used again: choose another. Until its deletion begins, "tenants resume" takes an offboarding back.',
  ),
  'deletion-too-early': caller(
    409,
    'The tenant may not be deleted yet',
    'Begin with "offboard", wait as long as it says, export, and then delete.',
  ),
  'version-mismatch': caller(
    412,
    'The item has changed since you read it',
    'Read it again, apply your change to what it is now, and send its new ETag in If-Match.',
  ),
  'payload-too-large': caller(413, 'The body is too large', 'Send at most 65,536 bytes.'),
  'unsupported-media-type': caller(415, 'The body is not JSON', 'Send "Content-Type: application/json".'),
  'owner-not-found': caller(
    422,
    'The owner team does not exist',
    'Create the team first, or name an existing one by its id.',
  ),
  'parent-not-found': caller(
    422,
    'The parent team does not exist',
    'Create the parent first, or name an existing one by its id.',
  ),
  'team-cycle': caller(
    422,
    'A team cannot be below itself',
    'Choose a parent that is neither the team nor one of its child teams.',
  ),
  'dependency-not-found': caller(
    422,
    'A service it is to depend on does not exist',
    'Name existing services of your tenant by their ids.',
  ),
  'dependency-on-itself': caller(422, 'A service cannot depend on itself', 'Leave its own id out of its dependencies.'),
  'repository-unknown': caller(
    422,
    'A repository it is to use does not exist',
    'Create the repository first, or name an existing one by its id.',
  ),
  'invalid-result': caller(
    422,
    'The change would leave something that is not valid',
    'Read the item, and send a patch after which the fields named in "errors" are valid.',
  ),
  'change-too-large': caller(
    422,
    'The change touches too much at once',
    'Change aliases, tags, dependencies and repositories in several steps.',
  ),
  'idempotency-key-reused': caller(
    422,
    'The Idempotency-Key was used for another request',
    'Use a new key for a new request.',
  ),
  'if-match-required': caller(
    428,
    'If-Match is required',
    'Read the item and send its ETag in If-Match, so that no other change is overwritten.',
  ),
  'rate-limited': passing(429, 'Too many requests', 'Wait as long as Retry-After says, then continue more slowly.'),
  internal: {
    status: 500,
    title: 'Something failed on our side',
    advice: 'Tell support the "instance" of this answer.',
    retryable: false,
    log: 'error',
  },
  unavailable: passing(
    503,
    'The service is busy',
    'Wait as long as Retry-After says and send it again; use an Idempotency-Key for POST.',
  ),
  'deadline-exceeded': passing(
    504,
    'The request took too long',
    'It may or may not have taken effect. Read before you repeat it, or repeat it with the same Idempotency-Key.',
  ),
} as const satisfies Record<string, ErrorSpec>;

export type ErrorCode = keyof typeof errors;
export const errorCodes = Object.keys(errors) as ErrorCode[];

/** One field that was refused. `field` is a path such as `body.aliases.0`, `query.tier`, `header.if-match`. */
export interface FieldError {
  readonly field: string;
  readonly expected: string;
}

/** The only error a use case throws. It carries a code, never a text of its own. */
export class Failure extends Error {
  readonly code: ErrorCode;
  readonly fields: readonly FieldError[];
  constructor(code: ErrorCode, fields: readonly FieldError[] = []) {
    super(code);
    this.name = 'Failure';
    this.code = code;
    this.fields = fields;
  }
}

/** Refuses the request. Never returns. */
export const fail = (code: ErrorCode, fields: readonly FieldError[] = []): never => {
  throw new Failure(code, fields);
};

/** RFC 9457 problem document. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ErrorCode;
  readonly detail: string;
  readonly errors?: readonly FieldError[];
  /** Opaque id of an internal error; only there, so that all other refusals of one kind are byte-identical. */
  readonly instance?: string;
}

export const problemOf = (code: ErrorCode, fields: readonly FieldError[] = [], instance?: string): Problem => ({
  type: `/docs/errors/${code}`,
  title: errors[code].title,
  status: errors[code].status,
  code,
  detail: errors[code].advice,
  ...(fields.length > 0 && { errors: fields }),
  ...(instance !== undefined && { instance }),
});

export const problemMediaType = 'application/problem+json';
