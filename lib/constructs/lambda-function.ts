import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, Function as AwsFunction, type Code, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Duration, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { FunctionSpec } from '../../lambdas/functions.ts';
import { functionName, logGroupName, pascal } from '../names.ts';
import type { Stage } from '../stage.ts';
import { documentOf } from '../statement.ts';
import { EncryptedLogGroup } from './encrypted-log-group.ts';
import { environmentOf } from './environment.ts';
import { actsForTenants, executionGrants, ownLogStreams } from './execution-grants.ts';
import type { KeyArns } from './key-arns.ts';
import { insightRulesArn, pages } from './paging-grants.ts';
import { streamPatterns } from './stream-grants.ts';
import { TenantRole } from './tenant-role.ts';

export interface LambdaFunctionProps {
  readonly stage: Stage;
  readonly spec: FunctionSpec;
  readonly code: Code;
  readonly keys: KeyArns;
  readonly logsKey: IKey;
}

const architectures = { x86_64: Architecture.X86_64, arm64: Architecture.ARM_64 };

/** The only door to a Lambda function: what it may do, and under which names, follows from its definition alone. */
export class LambdaFunction extends Construct {
  readonly function: AwsFunction;

  constructor(scope: Construct, props: LambdaFunctionProps) {
    super(scope, pascal(props.spec.name));
    const { stage, spec, code, keys, logsKey } = props;
    const logGroup = new EncryptedLogGroup(this, {
      stage,
      key: logsKey,
      purpose: spec.name,
      name: logGroupName(stage, spec.name),
    });
    if (actsForTenants(spec)) new TenantRole(this, stage, spec, keys);
    this.function = new AwsFunction(this, 'Function', {
      functionName: functionName(stage, spec),
      description: `When it fails: ${spec.impact}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: architectures[stage.architecture],
      handler: 'index.handler',
      code,
      role: this.executionRole(props),
      logGroup,
      memorySize: spec.memoryMb,
      timeout: Duration.seconds(spec.timeoutSeconds),
      environment: environmentOf(stage, spec, keys),
      ...(spec.reservedConcurrency !== undefined && { reservedConcurrentExecutions: spec.reservedConcurrency }),
    });
  }

  private executionRole({ stage, spec, keys }: LambdaFunctionProps): Role {
    const role = new Role(this, 'ExecutionRole', {
      roleName: functionName(stage, spec),
      description: `What the function ${spec.name} may do in nobody's name`,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { own: documentOf(executionGrants(stage, spec, keys)) },
    });
    Validations.of(role).acknowledge({
      id: `AwsSolutions::AwsSolutions-IAM5[Resource::${ownLogStreams(stage, spec)}]`,
      reason: 'The streams of its own log group: Lambda names them, and IAM has no narrower form.',
    });
    if (pages(spec))
      Validations.of(role).acknowledge({
        id: `AwsSolutions::AwsSolutions-IAM5[Resource::${insightRulesArn(stage)}]`,
        reason: 'Reports of the Contributor Insights rules of this stage: which tenants an alarm is about.',
      });
    for (const [resource, reason] of streamPatterns(stage, spec))
      Validations.of(role).acknowledge({ id: `AwsSolutions::AwsSolutions-IAM5[Resource::${resource}]`, reason });
    return role;
  }
}
