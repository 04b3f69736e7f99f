import { type FunctionSpec, functions } from '../../lambdas/functions.ts';
import { bucketArn, functionName, trailArn, trailBucketName } from '../names.ts';
import type { Stage } from '../stage.ts';
import { allow, type Statement } from '../statement.ts';
import { administered, usedBy } from './administration.ts';

/** Copies the audit table's stream into the locked bucket. */
export const archives = ({ entrance }: FunctionSpec): boolean => entrance.by === 'stream' && entrance.of === 'audit';

/**
 * S3 opens an object with its key in the caller's name. With a bucket key the context is the bucket's ARN, without one
 * the object's. Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
export const throughTrailBucket = (stage: Stage): Statement['Condition'] => {
  const bucket = bucketArn(trailBucketName(stage));
  return {
    StringEquals: { 'kms:ViaService': `s3.${stage.region}.amazonaws.com` },
    StringLike: { 'kms:EncryptionContext:aws:s3:arn': [bucket, `${bucket}/*`] },
  };
};

/**
 * The key of the locked bucket: CloudTrail, for this trail; the archive function, through S3; to read, the auditor alone.
 * CloudTrail asks for Decrypt and DescribeKey when a trail is made over a bucket with a bucket key.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
 */
export const trailKeyPolicy = (stage: Stage): readonly Statement[] => {
  const ofTrail = { StringEquals: { 'aws:SourceArn': trailArn(stage) } };
  const cloudTrail = { Service: 'cloudtrail.amazonaws.com' };
  const archive = functions.filter(archives).map((spec) => functionName(stage, spec));
  const auditor = stage.auditorRole ? [stage.auditorRole] : [];
  const ofBucket = throughTrailBucket(stage);
  return [
    administered(stage),
    {
      ...allow('TrailDelivery', ['kms:GenerateDataKey*'], ['*'], {
        ...ofTrail,
        StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': `arn:aws:cloudtrail:*:${stage.account}:trail/*` },
      }),
      Principal: cloudTrail,
    },
    { ...allow('TrailCreation', ['kms:Decrypt', 'kms:DescribeKey'], ['*'], ofTrail), Principal: cloudTrail },
    ...usedBy(stage, archive, allow('Archive', ['kms:Decrypt', 'kms:GenerateDataKey'], ['*'], ofBucket)),
    ...usedBy(stage, auditor, allow('Audit', ['kms:Decrypt'], ['*'], ofBucket)),
  ];
};
