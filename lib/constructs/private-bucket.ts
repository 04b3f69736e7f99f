import { CfnBucket, CfnBucketPolicy, type CfnBucketProps } from 'aws-cdk-lib/aws-s3';
import { CfnDeletionPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { bucketArn, pascal } from '../names.ts';
import type { Stage } from '../stage.ts';
import { documentOf, type Statement } from '../statement.ts';

export interface PrivateBucketProps {
  readonly stage: Stage;
  /** What it is about, for its logical id, which is frozen: another one would be an empty bucket. */
  readonly purpose: string;
  readonly bucketName: string;
  readonly settings: CfnBucketProps;
  /** Who may do what in it, beside that nobody reaches it without TLS. */
  readonly policy: readonly Statement[];
}

const nobodyPublic = {
  blockPublicAcls: true,
  blockPublicPolicy: true,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
};

const tlsOnly = (bucket: string): Statement => ({
  Sid: 'TlsOnly',
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action: ['s3:*'],
  Resource: [bucket, `${bucket}/*`],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});

/** A bucket of ours: never public, without ACLs, over TLS only, and with a policy of our own. */
export class PrivateBucket extends Construct {
  readonly bucket: CfnBucket;
  /** What writes to the bucket by its policy has to wait for it. */
  readonly policy: CfnBucketPolicy;

  constructor(scope: Construct, { stage, purpose, bucketName, settings, policy }: PrivateBucketProps) {
    const id = `${pascal(purpose)}Bucket`;
    super(scope, id);
    this.bucket = new CfnBucket(this, 'Bucket', {
      bucketName,
      publicAccessBlockConfiguration: nobodyPublic,
      ownershipControls: { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] },
      ...settings,
    });
    this.bucket.overrideLogicalId(id);
    const kept = stage.retain ? CfnDeletionPolicy.RETAIN : CfnDeletionPolicy.DELETE;
    this.policy = new CfnBucketPolicy(this, 'Policy', {
      bucket: bucketName,
      policyDocument: documentOf([tlsOnly(bucketArn(bucketName)), ...policy]),
    });
    this.policy.addResourceDependency(this.bucket);
    this.policy.overrideLogicalId(`${id}Policy`);
    // A bucket that stays without its policy would be open to whom IAM lets.
    for (const { cfnOptions } of [this.bucket, this.policy]) {
      cfnOptions.deletionPolicy = kept;
      cfnOptions.updateReplacePolicy = kept;
    }
  }
}
