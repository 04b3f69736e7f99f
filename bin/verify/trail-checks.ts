import {
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import { lockedBucketPolicy } from '../../lib/constructs/locked-bucket-policy.ts';
import { trailArn, trailBucketName } from '../../lib/names.ts';
import { askCloudTrail } from './ask-cloudtrail.ts';
import { type Check, unless } from './check.ts';
import { keyOf } from './key-checks.ts';
import { canonical } from './keys.ts';

interface Trail {
  readonly IsMultiRegionTrail?: boolean;
  readonly IncludeGlobalServiceEvents?: boolean;
  readonly LogFileValidationEnabled?: boolean;
  readonly S3BucketName?: string;
  readonly KmsKeyId?: string;
}
interface Status {
  readonly IsLogging?: boolean;
  readonly LatestDeliveryError?: string;
  readonly LatestCloudWatchLogsDeliveryError?: string;
}

/** The trail and its bucket as they are in the account. */
export const trailChecks: readonly Check[] = [
  {
    name: 'trail-logging',
    promise: 'CloudTrail logs every region, validated, into the locked bucket and the log group.',
    needs: 'aws',
    run: async (target) => {
      const { stage, deployment } = target;
      const Name = trailArn(stage);
      const { Trail } = await askCloudTrail<{ Trail: Trail }>(deployment, 'GetTrail', { Name });
      const status = await askCloudTrail<Status>(deployment, 'GetTrailStatus', { Name });
      const faults = [
        ...(status.IsLogging ? [] : ['it is stopped']),
        ...(Trail.IsMultiRegionTrail && Trail.IncludeGlobalServiceEvents ? [] : ['it leaves out regions']),
        ...(Trail.LogFileValidationEnabled ? [] : ['its files are not validated']),
        ...(Trail.S3BucketName === trailBucketName(stage) ? [] : [`it delivers to ${Trail.S3BucketName}`]),
        ...(Trail.KmsKeyId === (await keyOf(target, 'trail')).arn ? [] : [`it encrypts under ${Trail.KmsKeyId}`]),
        ...(status.LatestDeliveryError ? [`its last delivery failed: ${status.LatestDeliveryError}`] : []),
        ...(status.LatestCloudWatchLogsDeliveryError
          ? [`it does not reach its log group: ${status.LatestCloudWatchLogsDeliveryError}`]
          : []),
      ];
      return unless(faults, 'logging, in every region, validated');
    },
  },
  {
    name: 'trail-locked',
    promise: 'What is in the trail’s bucket stays as it is for the days of the stage.',
    run: async ({ stage, s3 }) => {
      const Bucket = trailBucketName(stage);
      const { ObjectLockConfiguration: lock } = await s3.send(new GetObjectLockConfigurationCommand({ Bucket }));
      const { Mode, Days } = lock?.Rule?.DefaultRetention ?? {};
      const { Status } = await s3.send(new GetBucketVersioningCommand({ Bucket }));
      const { lock: mode, retentionDays } = stage.trail;
      return unless(
        [
          ...(lock?.ObjectLockEnabled === 'Enabled' ? [] : ['it has no object lock']),
          ...(Mode === mode && Days === retentionDays
            ? []
            : [`it locks in mode ${Mode} for ${Days} days, not ${mode} for ${retentionDays}`]),
          ...(Status === 'Enabled' ? [] : ['it is not versioned']),
        ],
        `${mode}, ${retentionDays} days, versioned`,
      );
    },
  },
  {
    name: 'trail-bucket-policy',
    promise: 'Nobody puts anything over the trail or the archive, and nobody outside reaches it.',
    run: async (target) => {
      const { stage, s3 } = target;
      const Bucket = trailBucketName(stage);
      const { Policy = '{}' } = await s3.send(new GetBucketPolicyCommand({ Bucket }));
      const { Statement = [] }: { readonly Statement?: readonly { readonly Sid?: string }[] } = JSON.parse(Policy);
      const { arn = '' } = await keyOf(target, 'trail');
      const { PublicAccessBlockConfiguration: blocked = {} } = await s3.send(
        new GetPublicAccessBlockCommand({ Bucket }),
      );
      const same = (a: unknown, b: unknown): boolean => JSON.stringify(canonical(a)) === JSON.stringify(canonical(b));
      const wanted = lockedBucketPolicy(stage, arn);
      const missing = wanted.filter((each) => !Statement.some((there) => same(each, there)));
      const foreign = Statement.filter(({ Sid }) => Sid !== 'TlsOnly' && !wanted.some((each) => each.Sid === Sid));
      return unless(
        [
          ...missing.map(({ Sid }) => `its policy lacks ${Sid}, or has another of that name`),
          ...foreign.map(({ Sid }) => `its policy has ${Sid ?? 'a statement without a name'}, which is not ours`),
          ...(Object.values(blocked).filter(Boolean).length === 4 ? [] : ['public access is not blocked']),
        ],
        'the policy of this checkout; public access is blocked',
      );
    },
  },
];
