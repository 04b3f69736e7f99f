import type { ServiceAnswer } from '../../types.ts';
import { AwsError } from '../aws-error.ts';
import type { ServiceCall } from '../service.ts';
import type { Bucket } from './bucket.ts';
import { bypasses } from './delete-object.ts';
import type { Lock, ObjectVersion } from './object-version.ts';
import { parseLock } from './put-lock.ts';
import { elementText, xmlDocument } from './s3-protocol.ts';
import { ask, bucketOf, keyOf, type S3Room } from './s3-questions.ts';
import { s3Request } from './s3-request.ts';

const target = (call: ServiceCall, room: S3Room, action: string): { bucket: Bucket; version: ObjectVersion } => {
  const { query, ...request } = s3Request(call);
  const bucket = bucketOf(call, room);
  const key = keyOf({ query, ...request });
  ask(call, bucket, action, { key });
  const { versionId } = query;
  const version = versionId === undefined ? bucket.objects.current(key) : bucket.objects.find(key, versionId);
  if (!version || version.isMarker) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
  if (!bucket.locks) throw new AwsError('InvalidRequest', 'Bucket is missing Object Lock Configuration');
  return { bucket, version };
};

export const getRetention = (call: ServiceCall, room: S3Room): (() => ServiceAnswer) => {
  const { version } = target(call, room, 'GetObjectRetention');
  return () => {
    const { lock } = version;
    if (!lock)
      throw new AwsError(
        'NoSuchObjectLockConfiguration',
        'The specified object does not have a ObjectLock configuration',
        404,
      );
    const content = { Mode: lock.mode, RetainUntilDate: new Date(lock.until).toISOString() };
    return xmlDocument('Retention', content, call.requestId);
  };
};

/**
 * A lock may be made longer, or stricter. To make it shorter takes governance mode and the permission to go past it.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectRetention.html
 */
export const putRetention = (call: ServiceCall, room: S3Room): (() => ServiceAnswer) => {
  const { bucket, version } = target(call, room, 'PutObjectRetention');
  const now = room.world.clock.now();
  const { body } = s3Request(call);
  const lock = parseLock(elementText(body, 'Mode'), elementText(body, 'RetainUntilDate'), now);
  if (weakens(lock, version, now) && (version.lock?.mode === 'COMPLIANCE' || !bypasses(call, bucket, version.key)))
    throw new AwsError('AccessDeniedException', 'Access Denied because object protected by object lock.');
  return () => {
    bucket.objects.replace({ ...version, lock });
    return { status: 200, headers: { 'x-amz-request-id': call.requestId }, body: '' };
  };
};

const weakens = (wanted: Lock, { lock }: ObjectVersion, now: number): boolean =>
  lock !== undefined &&
  lock.until > now &&
  (wanted.until < lock.until || (lock.mode === 'COMPLIANCE' && wanted.mode === 'GOVERNANCE'));
