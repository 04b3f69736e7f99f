import type { EventName, ReportedEvent, SecurityMetric } from '../../lambdas/functions.ts';

const caller = { tenant: 'ten_000000000001', principal: 'usr_00000001', credential: 'tok_0000000000000001' };
const refused = { event: 'authorization-refused', ...caller, operation: 'readService', permission: 'services:read' };

/** An event of every kind, with the metrics that count it. A kind without a row does not compile. */
const byName: {
  readonly [Name in EventName]: readonly (readonly [ReportedEvent & { event: Name }, readonly SecurityMetric[]])[];
} = {
  'authentication-failed': [
    [{ event: 'authentication-failed', reason: 'malformed' }, ['AuthenticationFailed']],
    [{ event: 'authentication-failed', reason: 'unknown', ...caller }, ['AuthenticationFailed']],
    [{ event: 'authentication-failed', reason: 'wrong-secret', ...caller }, ['AuthenticationFailed']],
    [{ event: 'authentication-failed', reason: 'expired', ...caller }, ['AuthenticationFailed']],
    [{ event: 'authentication-failed', reason: 'user-disabled', ...caller }, ['AuthenticationFailed']],
    [
      { event: 'authentication-failed', reason: 'revoked', ...caller },
      ['AuthenticationFailed', 'RevokedCredentialUsed'],
    ],
  ],
  'authorization-refused': [
    [{ ...refused, event: 'authorization-refused', firstOnRoute: 'yes' }, ['AuthorizationRefused']],
    [{ ...refused, event: 'authorization-refused', firstOnRoute: 'no' }, ['AuthorizationRefused']],
  ],
  'assertion-refused': [[{ event: 'assertion-refused', reason: 'missing' }, ['AssertionRefused']]],
  'tenant-suspended-refused': [[{ event: 'tenant-suspended-refused', ...caller }, ['TenantSuspendedRefused']]],
  'tenant-boundary-touched': [
    [
      { event: 'tenant-boundary-touched', service: 'DynamoDBClient', action: 'GetItemCommand', tenant: caller.tenant },
      ['TenantBoundaryTouched'],
    ],
    [
      { event: 'tenant-boundary-touched', service: 'STSClient', action: 'AssumeRoleCommand' },
      ['TenantBoundaryTouched'],
    ],
  ],
  'credential-in-url': [[{ event: 'credential-in-url', operation: 'listServices' }, ['CredentialInUrl']]],
  'token-exceeds-issuer': [[{ event: 'token-exceeds-issuer', ...caller }, ['TokenExceedsIssuer']]],
  'audit-event-changed': [
    [
      { event: 'audit-event-changed', what: 'deleted', tenant: caller.tenant, subject: 'evt_0000000000000001' },
      ['AuditEventChanged'],
    ],
    [
      { event: 'audit-event-changed', what: 'overwritten', tenant: caller.tenant, subject: 'evt_0000000000000001' },
      ['AuditEventChanged'],
    ],
  ],
  'request-failed': [
    [{ event: 'request-failed', code: 'internal' }, ['InternalError']],
    [{ event: 'request-failed', code: 'deadline-exceeded' }, ['DeadlineExceeded']],
  ],
  'cold-start': [[{ event: 'cold-start' }, ['ColdStart']]],
};

export const eventSamples: readonly (readonly [ReportedEvent, readonly SecurityMetric[]])[] =
  Object.values(byName).flat();
