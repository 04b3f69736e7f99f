import type { ServiceAnswer } from '../../types.ts';
import { AwsError } from '../aws-error.ts';
import type { ServiceCall } from '../service.ts';
import type { Bucket } from './bucket.ts';
import { type Xml, xmlDocument } from './s3-protocol.ts';
import { ask, bucketOf, type S3Room } from './s3-questions.ts';

interface Question {
  readonly action: string;
  readonly element: string;
  /** Throws the error that S3 answers where nothing is configured. */
  readonly content: (bucket: Bucket) => Readonly<Record<string, Xml>>;
}

const none = (code: string, message: string) => new AwsError(code, message, 404);

/** What S3 tells of a bucket's settings, as the template has them. */
const questions: Readonly<Record<string, Question>> = {
  GetBucketVersioning: {
    action: 'GetBucketVersioning',
    element: 'VersioningConfiguration',
    content: ({ versioning }) => ({ Status: versioning }),
  },
  GetObjectLockConfiguration: {
    action: 'GetBucketObjectLockConfiguration',
    element: 'ObjectLockConfiguration',
    content: ({ locks, retention }) => {
      if (!locks)
        throw none('ObjectLockConfigurationNotFoundError', 'Object Lock configuration does not exist for this bucket');
      const rule = retention && { DefaultRetention: { Mode: retention.mode, Days: retention.days } };
      return { ObjectLockEnabled: 'Enabled', Rule: rule };
    },
  },
  GetPublicAccessBlock: {
    action: 'GetBucketPublicAccessBlock',
    element: 'PublicAccessBlockConfiguration',
    content: ({ publicAccessBlock }) => {
      if (!publicAccessBlock)
        throw none('NoSuchPublicAccessBlockConfiguration', 'The public access block configuration was not found');
      return Object.fromEntries(
        ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'].map((name) => [
          name,
          String(publicAccessBlock[name] ?? false) === 'true',
        ]),
      );
    },
  },
  GetBucketEncryption: {
    action: 'GetEncryptionConfiguration',
    element: 'ServerSideEncryptionConfiguration',
    content: ({ encryption: { algorithm, keyArn, bucketKey } }) => ({
      Rule: {
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm: algorithm, KMSMasterKeyID: keyArn },
        BucketKeyEnabled: bucketKey,
      },
    }),
  },
};

/** The answer to a question about a bucket's settings; undefined for an operation that is none. */
export const bucketAnswer = (call: ServiceCall, room: S3Room): (() => ServiceAnswer) | undefined => {
  const question = Object.hasOwn(questions, call.operation) ? questions[call.operation] : undefined;
  if (!question) return undefined;
  const bucket = bucketOf(call, room);
  ask(call, bucket, question.action);
  return () => xmlDocument(question.element, question.content(bucket), call.requestId);
};

export const getPolicy = (call: ServiceCall, room: S3Room): (() => ServiceAnswer) => {
  const bucket = bucketOf(call, room);
  ask(call, bucket, 'GetBucketPolicy');
  return () => {
    if (!bucket.policy) throw none('NoSuchBucketPolicy', 'The bucket policy does not exist');
    return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(bucket.policy) };
  };
};

export const headBucket = (call: ServiceCall, room: S3Room): (() => ServiceAnswer) => {
  const bucket = bucketOf(call, room);
  ask(call, bucket, 'ListBucket');
  return () => ({ status: 200, headers: { 'x-amz-bucket-region': room.world.region }, body: '' });
};
