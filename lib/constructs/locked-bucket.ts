import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { accessLogsBucketName, trailBucketName } from '../names.ts';
import type { Stage } from '../stage.ts';
import { lockedBucketPolicy } from './locked-bucket-policy.ts';
import { PrivateBucket } from './private-bucket.ts';

/**
 * What is put here stays as it is for the days of the stage: versioned, under object lock, encrypted under its own key.
 * Logs of CloudTrail expire when their lock is over; the archive of audit events is small and stays.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
 */
export class LockedBucket extends PrivateBucket {
  constructor(scope: Construct, stage: Stage, key: IKey) {
    const { lock, retentionDays } = stage.trail;
    super(scope, {
      stage,
      purpose: 'trail',
      bucketName: trailBucketName(stage),
      settings: {
        versioningConfiguration: { status: 'Enabled' },
        objectLockEnabled: true,
        objectLockConfiguration: {
          objectLockEnabled: 'Enabled',
          rule: { defaultRetention: { mode: lock, days: retentionDays } },
        },
        bucketEncryption: {
          serverSideEncryptionConfiguration: [
            {
              bucketKeyEnabled: true,
              serverSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: key.keyArn },
            },
          ],
        },
        lifecycleConfiguration: {
          rules: [
            {
              id: 'ExpireLogs',
              status: 'Enabled',
              prefix: 'AWSLogs/',
              expirationInDays: retentionDays + 1,
              noncurrentVersionExpiration: { noncurrentDays: 1 },
            },
          ],
        },
        loggingConfiguration: { destinationBucketName: accessLogsBucketName(stage), logFilePrefix: 'trail/' },
      },
      policy: lockedBucketPolicy(stage, key.keyArn),
    });
  }
}
