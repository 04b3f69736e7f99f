import { CfnRole } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { FunctionSpec } from '../../lambdas/functions.ts';
import { tenantRoleName } from '../names.ts';
import type { Stage } from '../stage.ts';
import { documentOf } from '../statement.ts';
import type { KeyArns } from './key-arns.ts';
import { tenantGrants, tenantTrust } from './tenant-grants.ts';

/** The role in which a function meets a tenant's data. An hour is the most that a session taken by a role may last. */
export class TenantRole extends CfnRole {
  constructor(scope: Construct, stage: Stage, spec: FunctionSpec, keys: KeyArns) {
    super(scope, 'TenantRole', {
      roleName: tenantRoleName(stage, spec),
      description: `What the function ${spec.name} may do in the name of one tenant`,
      maxSessionDuration: 3600,
      assumeRolePolicyDocument: documentOf(tenantTrust(stage, spec)),
      policies: [{ policyName: 'tenant', policyDocument: documentOf(tenantGrants(stage, spec, keys)) }],
    });
  }
}
