import { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { logGroupArn, logGroupName, trailArn, trailBucketName, trailName } from '../names.ts';
import type { Stage } from '../stage.ts';
import { allow, documentOf } from '../statement.ts';
import { AccessLogsBucket } from './access-logs-bucket.ts';
import { EncryptedLogGroup } from './encrypted-log-group.ts';
import { LockedBucket } from './locked-bucket.ts';
import { trailSelectors } from './trail-selectors.ts';

export interface TrailProps {
  readonly stage: Stage;
  /** Of the locked bucket. */
  readonly key: IKey;
  readonly logsKey: IKey;
}

/**
 * CloudTrail of the account, in every region: into the locked bucket, with signed digests of what it delivered, and into
 * a log group, which the detections read. Sign-in and IAM events arrive through the multi-region trail as well.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-intro.html
 */
export class Trail extends Construct {
  constructor(scope: Construct, { stage, key, logsKey }: TrailProps) {
    super(scope, 'AuditTrail');
    const accessLogs = new AccessLogsBucket(this, stage);
    const locked = new LockedBucket(this, stage, key);
    locked.bucket.addResourceDependency(accessLogs.policy);
    const name = logGroupName(stage, 'trail');
    const logGroup = new EncryptedLogGroup(this, { stage, key: logsKey, purpose: 'trail', name });
    const role = this.deliveryRole(stage, name);
    const trail = new CfnTrail(this, 'Trail', {
      trailName: trailName(stage),
      isLogging: true,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      s3BucketName: trailBucketName(stage),
      kmsKeyId: key.keyArn,
      cloudWatchLogsLogGroupArn: logGroup.logGroupArn,
      cloudWatchLogsRoleArn: role.attrArn,
      advancedEventSelectors: [...trailSelectors(stage)],
    });
    trail.overrideLogicalId('Trail');
    // CloudTrail tries bucket and role when it is made.
    trail.addResourceDependency(locked.policy);
    trail.addResourceDependency(role);
  }

  /** CloudTrail names its log streams by account and region.
   *  Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html */
  private deliveryRole(stage: Stage, group: string): CfnRole {
    const streams = `${logGroupArn(stage, group)}:log-stream:${stage.account}_CloudTrail_${stage.region}*`;
    const role = new CfnRole(this, 'Role', {
      roleName: `${trailName(stage)}-trail`,
      description: 'What CloudTrail may do in the account: write its own log streams',
      assumeRolePolicyDocument: documentOf([
        {
          ...allow('ThisTrail', ['sts:AssumeRole'], [], { StringEquals: { 'aws:SourceArn': trailArn(stage) } }),
          Principal: { Service: 'cloudtrail.amazonaws.com' },
        },
      ]),
      policies: [
        {
          policyName: 'own',
          policyDocument: documentOf([allow('WriteOwnLog', ['logs:CreateLogStream', 'logs:PutLogEvents'], [streams])]),
        },
      ],
    });
    Validations.of(role).acknowledge({
      id: `AwsSolutions::AwsSolutions-IAM5[Resource::${streams}]`,
      reason: 'The streams that CloudTrail names itself; IAM has no narrower form.',
    });
    return role;
  }
}
