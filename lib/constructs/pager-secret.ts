import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnResourcePolicy, CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { FunctionSpec } from '../../lambdas/functions.ts';
import { pagerSecretName } from '../names.ts';
import type { Stage } from '../stage.ts';
import { documentOf, type Statement } from '../statement.ts';
import { executionRoleArn } from './execution-grants.ts';

/** Nobody but the pager reads it, administrators included. Who may by IAM puts a value into it, blindly. */
export const pagerSecretPolicy = (stage: Stage, pager: FunctionSpec): readonly Statement[] => [
  {
    Sid: 'OnlyThePagerReads',
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: ['secretsmanager:GetSecretValue'],
    Resource: ['*'],
    Condition: { ArnNotEquals: { 'aws:PrincipalArn': executionRoleArn(stage, pager) } },
  },
  // A copy in another region would have no such policy.
  {
    Sid: 'NoCopies',
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: ['secretsmanager:ReplicateSecretToRegions'],
    Resource: ['*'],
  },
];

/** Where the on-call is reached. It is made empty: a person puts the value, and no template holds it. */
export class PagerSecret extends CfnSecret {
  constructor(scope: Construct, stage: Stage, pager: FunctionSpec, key: IKey) {
    super(scope, 'Secret', {
      name: pagerSecretName(stage),
      description: 'PagerDuty routing key and Slack webhook of the pager. README: Deploy to AWS',
      kmsKeyId: key.keyArn,
    });
    this.applyRemovalPolicy(stage.retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY);
    new CfnResourcePolicy(scope, 'SecretPolicy', {
      secretId: this.ref,
      resourcePolicy: documentOf(pagerSecretPolicy(stage, pager)),
      blockPublicPolicy: true,
    });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions::AwsSolutions-SMG4',
      reason: 'Keys that PagerDuty and Slack issue: a person rotates them there, and puts the new value here.',
    });
  }
}
