/** Why a credential was refused. */
export type AuthenticationFailure = 'malformed' | 'unknown' | 'wrong-secret' | 'expired' | 'revoked' | 'user-disabled';

/**
 * What the detections listen to: a closed list. An event never holds a secret. Each is written as one log line, with
 * `"message":"security"`, to which lambdas/platform/log.ts adds what is known of the invocation: function, operation,
 * address, request id, and who was proved to call.
 *
 * Not here, because no function of ours sees it: what the gateway refuses by itself. A caller who is rate limited is a
 * line of the access log with status 429 and `errorType` THROTTLED; a credential that does not look like a token is one
 * with status 401 and no `authorizerInvocationId`.
 */
export type SecurityEvent =
  | {
      readonly event: 'authentication-failed';
      readonly reason: AuthenticationFailure;
      /**
       * These three as the credential says, absent when it cannot be read. With the reasons `unknown` and `wrong-secret`
       * nothing proves them: whoever guesses may name any tenant.
       */
      readonly tenant?: string;
      readonly principal?: string;
      readonly credential?: string;
    }
  | {
      readonly event: 'authorization-refused';
      readonly tenant: string;
      readonly principal: string;
      readonly credential: string;
      readonly operation: string;
      readonly permission: string;
      /**
       * In words: AWS documents texts and numbers, not booleans, as what a Contributor Insights rule compares.
       * Whether this warm instance has not told of this tenant, principal and operation in the last five minutes.
       * Counting only these approximates the number of distinct routes that refused a principal. It counts too many
       * where several instances answer, and too few in a window that begins within those five minutes.
       */
      readonly firstOnRoute: 'yes' | 'no';
    }
  | { readonly event: 'assertion-refused'; readonly reason: string }
  | {
      readonly event: 'tenant-suspended-refused';
      readonly tenant: string;
      readonly principal: string;
      readonly credential: string;
    }
  | {
      readonly event: 'tenant-boundary-touched';
      /** Whose session asked; absent where the function asked in its own name. */
      readonly tenant?: string;
      /** The SDK's names of what was asked: `DynamoDBClient`, `GetItemCommand`. */
      readonly service: string;
      readonly action: string;
    }
  | { readonly event: 'credential-in-url'; readonly operation: string }
  | {
      readonly event: 'token-exceeds-issuer';
      readonly tenant: string;
      readonly principal: string;
      readonly credential: string;
    }
  | {
      readonly event: 'audit-event-changed';
      readonly what: 'overwritten' | 'deleted';
      /** Absent where it is the archive that was changed. */
      readonly tenant?: string;
      /** Id of the audit event, or the key of the object in the archive. */
      readonly subject: string;
    };

/** What tells that a function is unwell. Written with other messages than `security`. */
export type HealthEvent =
  | { readonly event: 'request-failed'; readonly code: 'internal' | 'deadline-exceeded' }
  | { readonly event: 'cold-start' };

export type ReportedEvent = SecurityEvent | HealthEvent;
export type EventName = ReportedEvent['event'];

/** An event by name and, where given, by the values of its fields. */
type Counted = {
  readonly [Name in EventName]: {
    readonly event: Name;
    readonly where?: Readonly<Partial<Omit<Extract<ReportedEvent, { event: Name }>, 'event'>>>;
  };
}[EventName];

export interface EventMetric {
  /** What a value of one means, one sentence. */
  readonly means: string;
  readonly counts: readonly Counted[];
}

/** Where functions' own metrics are: without dimensions, each value a count of one. */
export const metricNamespace = 'Ringfence';

/** Metric → the events it counts. What is not here is counted by nobody: detections read this table. */
export const securityMetrics = {
  AuthenticationFailed: {
    means: 'A credential was refused.',
    counts: [{ event: 'authentication-failed' }],
  },
  RevokedCredentialUsed: {
    means: 'Somebody who knows a revoked credential, secret included, used it.',
    counts: [{ event: 'authentication-failed', where: { reason: 'revoked' } }],
  },
  AuthorizationRefused: {
    means: 'A proven caller asked for what their role or scopes do not allow.',
    counts: [{ event: 'authorization-refused' }],
  },
  AssertionRefused: {
    means: 'A function was invoked by something that did not come through the authorizer.',
    counts: [{ event: 'assertion-refused' }],
  },
  TenantBoundaryTouched: {
    means: 'IAM or a key policy refused one of our functions: its code asked for what it may not have.',
    counts: [{ event: 'tenant-boundary-touched' }],
  },
  AuditEventChanged: {
    means: 'An audit event was overwritten, or deleted before its time.',
    counts: [{ event: 'audit-event-changed' }],
  },
  TenantSuspendedRefused: {
    means: 'A valid credential of a suspended tenant was refused.',
    counts: [{ event: 'tenant-suspended-refused' }],
  },
  CredentialInUrl: {
    means: 'A credential was sent in a URL, and so leaked into logs on its way.',
    counts: [{ event: 'credential-in-url' }],
  },
  TokenExceedsIssuer: {
    means: 'A caller asked for a token that may do more than they may.',
    counts: [{ event: 'token-exceeds-issuer' }],
  },
  InternalError: {
    means: 'A function failed in a way nobody foresaw; the caller got an opaque id.',
    counts: [{ event: 'request-failed', where: { code: 'internal' } }],
  },
  DeadlineExceeded: {
    means: 'A function gave up shortly before its time was over.',
    counts: [{ event: 'request-failed', where: { code: 'deadline-exceeded' } }],
  },
  ColdStart: {
    means: 'A new instance of a function answered its first invocation.',
    counts: [{ event: 'cold-start' }],
  },
} as const satisfies Readonly<Record<string, EventMetric>>;

export type SecurityMetric = keyof typeof securityMetrics;

const isCountedBy = (event: ReportedEvent, counted: Counted): boolean =>
  event.event === counted.event &&
  Object.entries(counted.where ?? {}).every(([name, value]) => event[name as keyof ReportedEvent] === value);

/** The metrics that count this event. */
export const metricsOf = (event: ReportedEvent): readonly SecurityMetric[] =>
  (Object.keys(securityMetrics) as SecurityMetric[]).filter((metric) =>
    securityMetrics[metric].counts.some((counted) => isCountedBy(event, counted)),
  );
