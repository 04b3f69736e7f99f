import { type Access, type Collection, type FunctionSpec, touchesOf } from '../../lambdas/functions.ts';
import { signs, verifies } from '../key-policies/signing-key.ts';
import { archives } from '../key-policies/trail-key.ts';
import { roleArn, tenantRoleName, trailBucketName } from '../names.ts';
import type { Stage } from '../stage.ts';
import { actsForTenants } from './execution-grants.ts';
import type { KeyArns } from './key-arns.ts';

/** How far back point-in-time recovery goes: the most there is, and the default. */
const recoveryDays = 35;

/** What a function reads from its environment, and nothing it does not need. Never a secret. */
export const environmentOf = (stage: Stage, spec: FunctionSpec, keys: KeyArns): Readonly<Record<string, string>> => {
  const touches = touchesOf(spec);
  const does = (collection: Collection, ...accesses: readonly Access[]): boolean =>
    [touches[collection] ?? []].flat().some((access: Access) => accesses.includes(access));
  const isAuthorizer = signs(spec);
  const erases = does('status', 'change');
  return {
    STAGE: stage.name,
    ...(actsForTenants(spec) && { TENANT_ROLE: roleArn(stage, tenantRoleName(stage, spec)) }),
    ...((isAuthorizer || verifies(spec)) && { SIGNING_KEY: keys.signing }),
    ...(touches['data-keys'] && { SEALING_KEY: keys.sealing }),
    // Whoever deletes a tenant waits until no assertion of it is good any more.
    ...((isAuthorizer || erases) && { ASSERTION_SECONDS: String(stage.assertionSeconds) }),
    // What a backup of a table still holds of what was deleted.
    ...(erases && { RECOVERY_DAYS: String(stage.pointInTimeRecovery ? recoveryDays : 0) }),
    // The authorizer spends the same work on a token that does not exist.
    ...((isAuthorizer || does('tokens', 'add', 'change')) && { TOKEN_COST: String(stage.bcryptCost.token) }),
    ...(archives(spec) && { TRAIL_BUCKET: trailBucketName(stage) }),
    ...(does('audit', 'add', 'change') && { AUDIT_RETENTION_DAYS: String(stage.auditRetentionDays) }),
  };
};
