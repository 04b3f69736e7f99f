import type { Detection } from '../detecting/detection.ts';
import { apiErrors } from './api-errors.ts';
import { apiSlow } from './api-slow.ts';
import { archiveBehind } from './archive-behind.ts';
import { assertionRefused } from './assertion-refused.ts';
import { auditEventChanged } from './audit-event-changed.ts';
import { authenticationFailuresAgainstOneTenant } from './authentication-failures-against-one-tenant.ts';
import { authenticationFailuresBurst } from './authentication-failures-burst.ts';
import { authenticationFailuresFromOneAddress } from './authentication-failures-from-one-address.ts';
import { authorizerFailing } from './authorizer-failing.ts';
import { authorizerSilent } from './authorizer-silent.ts';
import { bucketPolicyChanged } from './bucket-policy-changed.ts';
import { consoleSignInFailuresBurst } from './console-sign-in-failures-burst.ts';
import { consoleSignInWithoutMfa } from './console-sign-in-without-mfa.ts';
import { deadLetterQueueNotEmpty } from './dead-letter-queue-not-empty.ts';
import { deploymentRoleAssumed } from './deployment-role-assumed.ts';
import { detectionsSwitchedOff } from './detections-switched-off.ts';
import { eventRuleChanged } from './event-rule-changed.ts';
import { functionCodeChanged } from './function-code-changed.ts';
import { functionInvokedDirectly } from './function-invoked-directly.ts';
import { functionNearTimeout } from './function-near-timeout.ts';
import { gatewayChanged } from './gateway-changed.ts';
import { iamChanged } from './iam-changed.ts';
import { keyEndangered } from './key-endangered.ts';
import { principalRefusedOnManyRoutes } from './principal-refused-on-many-routes.ts';
import { revokedCredentialUsed } from './revoked-credential-used.ts';
import { rootUsed } from './root-used.ts';
import { tableProtectionRemoved } from './table-protection-removed.ts';
import { tenantBoundaryTouched } from './tenant-boundary-touched.ts';
import { tenantTableTouchedByHuman } from './tenant-table-touched-by-human.ts';
import { trailChanged } from './trail-changed.ts';
import { trailSilent } from './trail-silent.ts';
import { unauthorizedCallsBurst } from './unauthorized-calls-burst.ts';

/** What Ringfence watches. Filters, rules, alarms, dashboard, docs/detections.md and the tests are made from this list. */
export const detections: readonly Detection[] = [
  // Ours: what functions and gateway tell.
  authenticationFailuresBurst,
  authenticationFailuresAgainstOneTenant,
  authenticationFailuresFromOneAddress,
  revokedCredentialUsed,
  tenantBoundaryTouched,
  assertionRefused,
  principalRefusedOnManyRoutes,
  auditEventChanged,
  archiveBehind,
  authorizerFailing,
  authorizerSilent,
  apiErrors,
  apiSlow,
  functionNearTimeout,
  deadLetterQueueNotEmpty,
  trailSilent,
  // The account's: what its trail tells.
  rootUsed,
  consoleSignInWithoutMfa,
  consoleSignInFailuresBurst,
  unauthorizedCallsBurst,
  iamChanged,
  trailChanged,
  detectionsSwitchedOff,
  eventRuleChanged,
  keyEndangered,
  bucketPolicyChanged,
  tenantTableTouchedByHuman,
  tableProtectionRemoved,
  functionCodeChanged,
  gatewayChanged,
  functionInvokedDirectly,
  deploymentRoleAssumed,
];
