import type { ErrorCode, FieldError } from '../../kernel/errors.ts';

/** What people ask about an error and the table of errors does not say. */
interface Note {
  /** Why it happens: the usual causes, the likeliest first. */
  readonly why: readonly string[];
  /** What to do, beyond the advice of the answer itself. */
  readonly more?: string;
  /** Fields of the example, as a real answer has them. */
  readonly fields?: readonly FieldError[];
}

export const errorNotes: Readonly<Record<ErrorCode, Note>> = {
  'invalid-request': {
    why: [
      'A field of the body, the query or the path is missing, of another type, too long, or not one that the route knows.',
      'A header is malformed or was sent twice, or a body was sent where none is read.',
      'The body is not JSON, not UTF-8, or nested more than 20 levels deep.',
    ],
    more: '`errors` names up to 20 fields, each with what was expected there. What was sent is never repeated. A field called `request` means that the gateway could not read the URL or the headers at all.',
    fields: [
      { field: 'body.aliases.0', expected: 'lower-case letters and digits, between them also . _ or -' },
      { field: 'body.name', expected: 'a string; it is missing' },
    ],
  },
  'invalid-cursor': {
    why: [
      'The filters changed between two pages: a cursor continues one list only.',
      'The cursor was made by hand, cut short, or comes from another tenant.',
    ],
    fields: [{ field: 'query.cursor', expected: '"next" of the last page, with its filters' }],
  },
  'credential-in-url': {
    why: [
      'A token, or a parameter with a name such as `token` or `api_key`, stands in the query or in the path.',
      'A client library was told to authenticate by query parameter.',
    ],
    more: 'Treat the token as known to others: proxies, browsers and logs keep URLs. The request had no effect.',
    fields: [{ field: 'query', expected: 'no credential: send it in the Authorization header' }],
  },
  unauthenticated: {
    why: [
      'The Authorization header is missing or is not `Bearer` and a token.',
      'The token has expired, was revoked, or its user was disabled.',
      'The token was mistyped: its last six characters are a checksum.',
      'The token belongs to another stage.',
    ],
    more: 'The answer is the same for each of these on purpose. An owner or admin sees in the list of tokens whether yours is active.',
  },
  'permission-denied': {
    why: [
      'The token’s role does not include the permission that the route needs.',
      'The role would, and the token’s scopes leave it out.',
      'The user behind the token was given a lesser role: a token never outranks its user.',
    ],
    more: '`GET /v1/me` shows what your token may do.',
  },
  'tenant-suspended': {
    why: ['The operator of this service suspended your tenant. Nothing was deleted.'],
  },
  'token-exceeds-issuer': {
    why: [
      'The new token was to have a higher role than the token that asked for it.',
      'One of the scopes is a permission that the asking token lacks.',
    ],
  },
  'route-not-found': {
    why: [
      'The path is misspelt, ends with a slash, or has an empty segment.',
      'The path exists and the method does not: there is no 405.',
      'HEAD and OPTIONS are not answered.',
    ],
  },
  'service-not-found': {
    why: [
      'It was deleted, or never was.',
      'An alias was given to another service or taken away.',
      'It belongs to another tenant: that is answered alike, to the byte.',
    ],
  },
  'team-not-found': {
    why: [
      'It was deleted, or never was.',
      'An alias was given to another team or taken away.',
      'It belongs to another tenant: that is answered alike, to the byte.',
    ],
  },
  'repository-not-found': {
    why: ['It was deleted, or never was.', 'It belongs to another tenant: that is answered alike, to the byte.'],
  },
  'token-not-found': {
    why: [
      'It is revoked already.',
      'It expired more than 90 days ago and was removed.',
      'It belongs to another tenant: that is answered alike, to the byte.',
    ],
  },
  'tenant-not-found': {
    why: ['No tenant has this slug in this stage: `npx ringfence tenants list` shows those there are.'],
  },
  'alias-taken': {
    why: [
      'Another service, or another team, of your tenant has one of the aliases. Services and teams do not share theirs.',
      'A request of yours was done although its answer was lost, and was sent again without an Idempotency-Key.',
    ],
    more: 'Read by the alias to see who has it. An alias is free again as soon as its item drops it or is deleted.',
  },
  'team-in-use': {
    why: [
      'A service or a repository names the team as its owner: an owner that is not there would leave it to nobody.',
      'Another team names it as its parent.',
    ],
    more: '`GET /v1/services?owner=<team id>`, `GET /v1/repositories?owner=<team id>` and `GET /v1/teams?parent=<team id>` list them.',
  },
  'service-in-use': {
    why: ['At least one other service names it among its dependencies.'],
    more: '`GET /v1/services?dependsOn=<service id>` lists them.',
  },
  'repository-in-use': {
    why: ['At least one service names it among its repositories.'],
    more: '`GET /v1/services?repository=<repository id>` lists them.',
  },
  'repository-exists': {
    why: [
      'Another repository of your tenant has this URL, to the character.',
      'A request of yours was done although its answer was lost, and was sent again without an Idempotency-Key.',
    ],
    more: '`POST /v1/bulk/repositories` creates or replaces by URL, and so never meets this.',
  },
  'tenant-differs': {
    why: ['`ringfence tenants create` was repeated with the same slug and another name or owner.'],
  },
  'tenant-offboarded': {
    why: [
      'A tenant that had this slug was offboarded: its data is deleted, and the registry keeps the slug with a receipt.',
      'An offboarding has begun: nothing new is given to a tenant that goes.',
    ],
    more: '`npx ringfence tenants show <slug>` prints the receipt, or how far the offboarding is. See [offboarding](../offboarding.md).',
  },
  'deletion-too-early': {
    why: [
      'Calls that were accepted before the suspension may still write: their assertions are good for some minutes.',
      'The export that was named is not one of this operator, was made before the tenant was quiet, or is older than a day.',
      'The offboarding was never begun, or was taken back with `tenants resume`.',
    ],
    more: '`errors` says which, and how long to wait. `npx ringfence tenants offboard` goes through all of it in the right order. See [offboarding](../offboarding.md).',
    fields: [{ field: 'slug', expected: 'to be quiet for 312 s more' }],
  },
  'version-mismatch': {
    why: [
      'Somebody else changed or deleted the item between your reading and your writing.',
      'Your own change was done although its answer was lost.',
      'Two changes of the same aliases met.',
    ],
  },
  'payload-too-large': {
    why: ['The body has more than 65,536 bytes. Characters outside ASCII take two to four bytes each.'],
    fields: [{ field: 'body', expected: 'at most 65536 bytes' }],
  },
  'unsupported-media-type': {
    why: ['Content-Type is missing, is not `application/json`, or names a charset other than utf-8.'],
    fields: [{ field: 'header.content-type', expected: 'application/json, with no charset but utf-8' }],
  },
  'owner-not-found': {
    why: ['No team of your tenant has that id.', 'The team was deleted while your request was on its way.'],
  },
  'parent-not-found': {
    why: ['No team of your tenant has that id.', 'The team was deleted while your request was on its way.'],
  },
  'team-cycle': {
    why: [
      'The parent is the team itself.',
      'The parent is below the team: its parent, or the parent of that, is the team.',
    ],
  },
  'dependency-not-found': {
    why: [
      'No service of your tenant has that id: it was deleted, never was, or is another tenant’s.',
      'An alias stands where an id belongs.',
    ],
  },
  'dependency-on-itself': {
    why: ['The id of the service stands among its own dependencies.'],
  },
  'repository-unknown': {
    why: [
      'No repository of your tenant has that id: it was deleted, never was, or is another tenant’s.',
      'A URL stands where an id belongs.',
    ],
  },
  'invalid-result': {
    why: [
      'The patch takes away or changes a part of a field that is nothing without it: the value of a contact, say.',
      'What the patch adds and what was there are too much together.',
    ],
    fields: [{ field: 'body.onCall.kind', expected: 'a string; it is missing' }],
  },
  'change-too-large': {
    why: [
      'What changes is written in one transaction, which takes 100 items: a service, and one or two for each alias, tag, dependency and repository that is new or goes.',
    ],
    more: 'Nothing was changed. Two smaller changes do what one could not.',
  },
  'idempotency-key-reused': {
    why: [
      'The key was sent within the last 24 hours with another body on the same route.',
      'A counter or a date is used for keys, and started again.',
    ],
    more: 'Random UUIDs serve well as keys. Keys belong to the user and the route: others may use the same.',
  },
  'if-match-required': {
    why: ['A replacement was sent without the version that it replaces.'],
    fields: [{ field: 'header.if-match', expected: 'the ETag of the item, such as "3", in double quotes' }],
  },
  'rate-limited': {
    why: [
      'More requests came in a second than the stage lets through, from you or from all its callers together.',
      'Your address sent too many requests in five minutes.',
    ],
    more: 'Wait longer after each refusal, with some randomness, so that many clients do not come back together.',
  },
  internal: {
    why: ['A fault of ours. It is logged under the `instance`, and somebody is told.'],
    more: 'A change was either done completely, with its audit event, or not at all: read before you repeat it.',
  },
  unavailable: {
    why: [
      'A service that we depend on asked us to slow down, or many changes met on one item.',
      'Too many requests are being authenticated at this moment.',
    ],
  },
  'deadline-exceeded': {
    why: ['A service that we depend on answered late.'],
    more: 'A change was either done completely, with its audit event, or not at all.',
  },
};
