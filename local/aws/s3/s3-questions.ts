import type { RequestContext } from '../../types.ts';
import { AwsError } from '../aws-error.ts';
import { keyUseQuestion } from '../key-use.ts';
import type { KeyStore } from '../kms/key-store.ts';
import type { ServiceCall } from '../service.ts';
import type { World } from '../world.ts';
import type { Bucket, Buckets } from './bucket.ts';
import type { Encryption } from './object-version.ts';
import { type S3Request, s3Request } from './s3-request.ts';

/** What the operations work with. */
export interface S3Room {
  readonly world: World;
  readonly keys: KeyStore;
  readonly buckets: Buckets;
}

/** Request header → condition key of the same name under `s3:`.
 *  Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html */
const conditionHeaders = [
  'x-amz-acl',
  'x-amz-content-sha256',
  'x-amz-server-side-encryption',
  'x-amz-server-side-encryption-aws-kms-key-id',
  'x-amz-server-side-encryption-customer-algorithm',
  'x-amz-storage-class',
  'if-none-match',
  'if-match',
];

const contextOf = ({ headers }: S3Request): RequestContext => ({
  's3:authType': 'REST-HEADER',
  's3:signatureversion': 'AWS4-HMAC-SHA256',
  ...Object.fromEntries(conditionHeaders.flatMap((name) => (headers[name] ? [[`s3:${name}`, headers[name]]] : []))),
});

/** Also to one who may do nothing, S3 says that there is no such bucket. */
export const bucketOf = (call: ServiceCall, { buckets }: S3Room): Bucket => {
  const bucket = buckets.find(s3Request(call).bucket);
  if (bucket) return bucket;
  throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404);
};

/** May the caller do this to the bucket or, with a key, to the object: its policies and the bucket's decide. */
export const ask = (
  call: ServiceCall,
  bucket: Bucket,
  action: string,
  { key, context }: { readonly key?: string | undefined; readonly context?: RequestContext } = {},
): void =>
  call.gate({
    action: `s3:${action}`,
    resource: key === undefined ? bucket.arn : `${bucket.arn}/${key}`,
    policy: bucket.policy && { name: `policy of bucket ${bucket.name}`, document: bucket.policy },
    context: { ...contextOf(s3Request(call)), ...context },
  });

/** Whether the caller may, without the call ending when not. */
export const mayList = (call: ServiceCall, bucket: Bucket): boolean => {
  try {
    ask(call, bucket, 'ListBucket', { context: { 's3:prefix': s3Request(call).key ?? '' } });
    return true;
  } catch (error) {
    if (error instanceof AwsError) return false;
    throw error;
  }
};

/**
 * S3 uses the object's key for the caller, under the context `aws:s3:arn`.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
export const askForKey = (
  call: ServiceCall,
  { world, keys }: S3Room,
  { bucket, key, encryption }: { readonly bucket: Bucket; readonly key: string; readonly encryption: Encryption },
  action: string,
): void => {
  if (encryption.keyArn === undefined) return;
  const kmsKey = keys.find(encryption.keyArn);
  if (!kmsKey) throw new AwsError('KMS.NotFoundException', `Key '${encryption.keyArn}' does not exist`);
  const encryptionContext = { 'aws:s3:arn': encryption.bucketKey ? bucket.arn : `${bucket.arn}/${key}` };
  call.gate(keyUseQuestion({ key: kmsKey, action, encryptionContext, service: 's3' }, world));
  if (kmsKey.state === 'Disabled') throw new AwsError('KMS.DisabledException', `${kmsKey.arn} is disabled.`);
  if (kmsKey.state !== 'Enabled')
    throw new AwsError('KMS.KMSInvalidStateException', `${kmsKey.arn} is pending deletion.`);
};

/** The key of a call about an object. */
export const keyOf = ({ key }: S3Request): string => {
  if (key !== undefined && Buffer.byteLength(key) <= 1024) return key;
  throw new AwsError('KeyTooLongError', 'Your key is too long');
};
