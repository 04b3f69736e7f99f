import type { Construct } from 'constructs';
import { accessLogsBucketName, bucketArn, trailBucketName } from '../names.ts';
import type { Stage } from '../stage.ts';
import { allow } from '../statement.ts';
import { PrivateBucket } from './private-bucket.ts';

/**
 * Who asked the locked bucket for what, as S3 tells it. Such a bucket has no object lock by default and no key of ours,
 * or S3 delivers nothing: https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 */
export class AccessLogsBucket extends PrivateBucket {
  constructor(scope: Construct, stage: Stage) {
    const bucketName = accessLogsBucketName(stage);
    super(scope, {
      stage,
      purpose: 'access-logs',
      bucketName,
      settings: {
        bucketEncryption: {
          serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }],
        },
        lifecycleConfiguration: {
          rules: [
            {
              id: 'Expire',
              status: 'Enabled',
              expirationInDays: stage.logRetentionDays,
              abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
            },
          ],
        },
      },
      policy: [
        {
          ...allow('Delivery', ['s3:PutObject'], [`${bucketArn(bucketName)}/*`], {
            ArnEquals: { 'aws:SourceArn': bucketArn(trailBucketName(stage)) },
            StringEquals: { 'aws:SourceAccount': stage.account },
          }),
          Principal: { Service: 'logging.s3.amazonaws.com' },
        },
      ],
    });
  }
}
