import { createHash, randomBytes } from 'node:crypto';
import type { ServiceAnswer } from '../../types.ts';
import { AwsError } from '../aws-error.ts';
import type { ServiceCall } from '../service.ts';
import type { Bucket } from './bucket.ts';
import { givenChecksums } from './checksum.ts';
import { unchunked } from './chunked.ts';
import { encryptionHeaders, versionHeaders } from './object-headers.ts';
import type { Encryption, ObjectVersion } from './object-version.ts';
import { isLocking, lockActions, lockContext, lockOf } from './put-lock.ts';
import { ask, askForKey, bucketOf, keyOf, type S3Room } from './s3-questions.ts';
import { type S3Request, s3Request } from './s3-request.ts';

/** Given back with the object as they were put. */
const kept = [
  'content-type',
  'content-encoding',
  'content-language',
  'content-disposition',
  'cache-control',
  'expires',
];

/** What a put may ask for and the twin does not do. */
const unbuilt = [
  'x-amz-server-side-encryption-customer-algorithm',
  'x-amz-server-side-encryption-context',
  'x-amz-tagging',
  'x-amz-website-redirect-location',
  'x-amz-write-offset-bytes',
  'x-amz-grant-read',
  'x-amz-grant-read-acp',
  'x-amz-grant-write-acp',
  'x-amz-grant-full-control',
];

/**
 * PutObject: caller's policies, bucket's policy and the key that the object is encrypted under decide; then its
 * precondition and its checksums.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
 */
export const putObject = (call: ServiceCall, room: S3Room): (() => ServiceAnswer) => {
  const given = s3Request(call);
  const bucket = bucketOf(call, room);
  const key = keyOf(given);
  for (const action of ['PutObject', ...lockActions(given)])
    ask(call, bucket, action, { key, context: lockContext(given) });
  const encryption = encryptionOf(given, bucket, room);
  askForKey(call, room, { bucket, key, encryption }, 'GenerateDataKey');
  return () => {
    refuseUnbuilt(given, bucket);
    const request = unchunked(given);
    const { headers, body } = request;
    const checksums = givenChecksums(headers, body);
    if (isLocking(request, bucket) && headers['content-md5'] === undefined && Object.keys(checksums).length === 0)
      throw new AwsError(
        'InvalidRequest',
        'Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters',
      );
    mayReplace(headers, bucket.objects.current(key));
    const at = room.world.clock.now();
    const version = bucket.objects.add(
      {
        key,
        at,
        isMarker: false,
        size: body.length,
        etag: etagOf(body, encryption),
        headers: keptHeaders(headers),
        checksums,
        encryption,
        ...lockOf(request, bucket, at),
      },
      body,
      bucket.versioning === 'Enabled',
    );
    return {
      status: 200,
      headers: {
        etag: `"${version.etag}"`,
        'x-amz-request-id': call.requestId,
        ...versionHeaders(version),
        ...encryptionHeaders(encryption),
        ...checksums,
      },
      body: '',
    };
  };
};

/** Under a customer's key an ETag is no digest of the bytes, so that nobody relies on it here either. */
const etagOf = (body: Buffer, { algorithm }: Encryption): string =>
  algorithm === 'AES256' ? createHash('md5').update(body).digest('hex') : randomBytes(16).toString('hex');

const keptHeaders = (headers: S3Request['headers']): ObjectVersion['headers'] => ({
  'content-type': 'binary/octet-stream',
  ...Object.fromEntries(
    Object.entries(headers).filter(([name]) => kept.includes(name) || name.startsWith('x-amz-meta-')),
  ),
});

/** What the request says, or else the bucket. */
const encryptionOf = ({ headers }: S3Request, bucket: Bucket, { keys }: S3Room): Encryption => {
  const algorithm = headers['x-amz-server-side-encryption'];
  const keyId = headers['x-amz-server-side-encryption-aws-kms-key-id'];
  if (algorithm === undefined && keyId === undefined) return bucket.encryption;
  if (algorithm === 'AES256' && keyId === undefined) return { algorithm, bucketKey: false };
  if (algorithm !== 'aws:kms')
    throw new AwsError('InvalidArgument', `The local S3 does not have the encryption ${algorithm} with key ${keyId}.`);
  const asked = headers['x-amz-server-side-encryption-bucket-key-enabled'];
  const bucketKey = asked === undefined ? bucket.encryption.bucketKey : asked === 'true';
  return keyId === undefined
    ? { algorithm, bucketKey }
    : { algorithm, keyArn: keys.find(keyId)?.arn ?? keyId, bucketKey };
};

const refuseUnbuilt = ({ headers }: S3Request, { name, ownership }: Bucket): void => {
  const strange = unbuilt.find((each) => headers[each] !== undefined);
  if (strange) throw new AwsError('NotImplemented', `The local S3 does not have ${strange}.`, 501);
  const acl = headers['x-amz-acl'];
  if (acl === undefined || acl === 'bucket-owner-full-control') return;
  if (ownership === 'BucketOwnerEnforced')
    throw new AwsError('AccessControlListNotSupported', `The bucket ${name} does not allow ACLs`);
  throw new AwsError('NotImplemented', 'The local S3 does not have ACLs.', 501);
};

/**
 * Conditional writes. What was deleted counts as absent.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
const mayReplace = (headers: S3Request['headers'], current: ObjectVersion | undefined): void => {
  const [noneMatch, match] = [headers['if-none-match'], headers['if-match']];
  const there = current?.isMarker ? undefined : current;
  if (noneMatch !== undefined && noneMatch !== '*')
    throw new AwsError('NotImplemented', 'If-None-Match of a put takes * only.', 501);
  if (match !== undefined && !there) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
  if ((noneMatch === '*' && there) || (match !== undefined && match.replace(/"/g, '') !== there?.etag))
    throw new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412);
};
