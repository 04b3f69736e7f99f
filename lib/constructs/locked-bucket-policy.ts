import { archivePrefix, functions } from '../../lambdas/functions.ts';
import { archives } from '../key-policies/trail-key.ts';
import { bucketArn, trailArn, trailBucketName } from '../names.ts';
import type { Stage } from '../stage.ts';
import { allow, type Statement } from '../statement.ts';
import { executionRoleArn } from './execution-grants.ts';

const cloudTrail = { Service: 'cloudtrail.amazonaws.com' };

/** Nobody, an administrator neither, whatever their own policies say. */
const deny = (
  Sid: string,
  Action: readonly string[],
  Resource: readonly string[],
  Condition?: Statement['Condition'],
): Statement => ({ ...allow(Sid, Action, Resource, Condition), Effect: 'Deny', Principal: { AWS: '*' } });

/** Asked for, and not this. `…NotEqualsIfExists` would hold where nothing is asked for. */
const otherThan = (key: string, value: string): Statement['Condition'] => ({
  StringNotEquals: { [key]: value },
  Null: { [key]: 'false' },
});

/**
 * CloudTrail delivers under `AWSLogs/`, the archive function adds under `audit/` and never replaces, and that is all that
 * is ever written. Object lock keeps versions; this keeps others from putting a version on top, or a shorter lock.
 * Sources: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html
 */
export const lockedBucketPolicy = (stage: Stage, keyArn: string): readonly Statement[] => {
  const bucket = bucketArn(trailBucketName(stage));
  const [everything, logs, archive] = [`${bucket}/*`, `${bucket}/AWSLogs/*`, `${bucket}/${archivePrefix}*`];
  const ofTrail = { 'aws:SourceArn': trailArn(stage) };
  const notCloudTrail = { StringNotEquals: { 'aws:PrincipalServiceName': cloudTrail.Service } };
  const archiveRoles = functions.filter(archives).map((spec) => executionRoleArn(stage, spec));
  const notArchive = archiveRoles.length > 0 ? { ArnNotEquals: { 'aws:PrincipalArn': archiveRoles } } : {};
  return [
    { ...allow('TrailLooks', ['s3:GetBucketAcl'], [bucket], { StringEquals: ofTrail }), Principal: cloudTrail },
    {
      ...allow('TrailDelivers', ['s3:PutObject'], [`${bucket}/AWSLogs/${stage.account}/*`], {
        StringEquals: { ...ofTrail, 's3:x-amz-acl': 'bucket-owner-full-control' },
      }),
      Principal: cloudTrail,
    },
    deny('NobodyElseWrites', ['s3:PutObject'], [everything], { ...notCloudTrail, ...notArchive }),
    deny('LogsByCloudTrailOnly', ['s3:PutObject'], [logs], notCloudTrail),
    deny('NothingReplaced', ['s3:PutObject'], [archive], { Null: { 's3:if-none-match': 'true' } }),
    // Without these headers the bucket's own encryption applies, which is right.
    deny('NoOtherEncryption', ['s3:PutObject'], [archive], otherThan('s3:x-amz-server-side-encryption', 'aws:kms')),
    deny(
      'NoOtherKey',
      ['s3:PutObject'],
      [archive],
      otherThan('s3:x-amz-server-side-encryption-aws-kms-key-id', keyArn),
    ),
    deny('NoKeyOfTheCaller', ['s3:PutObject'], [archive], {
      Null: { 's3:x-amz-server-side-encryption-customer-algorithm': 'false' },
    }),
    deny(
      'NothingDeleted',
      [
        's3:DeleteObject',
        's3:DeleteObjectVersion',
        's3:DeleteObjectTagging',
        's3:PutObjectRetention',
        's3:BypassGovernanceRetention',
        's3:ReplicateDelete',
        's3:ReplicateObject',
      ],
      [everything],
    ),
  ];
};
