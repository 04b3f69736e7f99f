import type { ServiceAnswer } from '../../types.ts';
import { AwsError } from '../aws-error.ts';
import type { ServiceCall } from '../service.ts';
import type { Bucket } from './bucket.ts';
import { versionHeaders } from './object-headers.ts';
import type { ObjectVersion } from './object-version.ts';
import { ask, bucketOf, keyOf, type S3Room } from './s3-questions.ts';
import { s3Request } from './s3-request.ts';

const isProtected = () =>
  new AwsError('AccessDeniedException', 'Access Denied because object protected by object lock.');

/** Whether the caller may go past a lock in governance mode: it says so, and is allowed to. */
export const bypasses = (call: ServiceCall, bucket: Bucket, key: string): boolean => {
  if (s3Request(call).headers['x-amz-bypass-governance-retention'] !== 'true') return false;
  ask(call, bucket, 'BypassGovernanceRetention', { key });
  return true;
};

/** Throws while a version is locked.
 *  Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html */
const refuseLocked = (
  call: ServiceCall,
  bucket: Bucket,
  { lock, legalHold, key }: ObjectVersion,
  now: number,
): void => {
  if (legalHold) throw isProtected();
  if (!lock || lock.until <= now) return;
  if (lock.mode === 'COMPLIANCE' || !bypasses(call, bucket, key)) throw isProtected();
};

/**
 * DeleteObject: in a versioned bucket a delete marker, or one version and for ever. To delete what is not there is done.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html
 */
export const deleteObject = (call: ServiceCall, room: S3Room): (() => ServiceAnswer) => {
  const request = s3Request(call);
  const bucket = bucketOf(call, room);
  const key = keyOf(request);
  const { versionId } = request.query;
  const context = versionId === undefined ? {} : { 's3:VersionId': versionId };
  ask(call, bucket, versionId === undefined ? 'DeleteObject' : 'DeleteObjectVersion', { key, context });
  const unversioned = bucket.versioning === undefined;
  const target =
    versionId === undefined ? unversioned && bucket.objects.current(key) : bucket.objects.find(key, versionId);
  if (target) refuseLocked(call, bucket, target, room.world.clock.now());
  const answer = (headers: Readonly<Record<string, string>>): ServiceAnswer => ({
    status: 204,
    headers: { 'x-amz-request-id': call.requestId, ...headers },
    body: '',
  });
  return () => {
    if (target) {
      bucket.objects.remove(target);
      return answer(versionHeaders(target));
    }
    if (versionId !== undefined || unversioned) return answer(versionId ? { 'x-amz-version-id': versionId } : {});
    const marker = {
      ...{ key, at: room.world.clock.now(), isMarker: true, size: 0, etag: '', headers: {}, checksums: {} },
      ...{ encryption: bucket.encryption, legalHold: false },
    };
    return answer(versionHeaders(bucket.objects.add(marker, Buffer.alloc(0), bucket.versioning === 'Enabled')));
  };
};
