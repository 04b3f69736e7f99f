import type { ServiceAnswer } from '../../types.ts';
import { AwsError } from '../aws-error.ts';
import type { ServiceCall } from '../service.ts';
import type { Bucket } from './bucket.ts';
import { encryptionHeaders, lockHeaders, versionHeaders } from './object-headers.ts';
import type { ObjectVersion } from './object-version.ts';
import { ask, askForKey, bucketOf, keyOf, mayList, type S3Room } from './s3-questions.ts';
import { type S3Request, s3Request } from './s3-request.ts';

/**
 * GetObject and HeadObject: policies, then the object's key. What is not there is a secret to those who may not list.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
export const getObject = (call: ServiceCall, room: S3Room, withBody: boolean): (() => ServiceAnswer) => {
  const request = s3Request(call);
  const bucket = bucketOf(call, room);
  const key = keyOf(request);
  const { versionId } = request.query;
  const context = versionId === undefined ? {} : { 's3:VersionId': versionId };
  ask(call, bucket, versionId === undefined ? 'GetObject' : 'GetObjectVersion', { key, context });
  const version = versionOf(call, bucket, key, versionId);
  askForKey(call, room, { bucket, key, encryption: version.encryption }, 'Decrypt');
  const readsLock = mayReadLock(call, bucket, key);
  return () => {
    checkConditions(request, version);
    const part = rangeOf(request, version);
    const headers = {
      ...version.headers,
      ...overrides(request),
      etag: `"${version.etag}"`,
      'last-modified': new Date(version.at).toUTCString(),
      'accept-ranges': 'bytes',
      'x-amz-request-id': call.requestId,
      ...versionHeaders(version),
      ...encryptionHeaders(version.encryption),
      ...(readsLock ? lockHeaders(version) : {}),
      // A checksum is of the whole.
      ...(request.headers['x-amz-checksum-mode'] === 'ENABLED' && !part ? version.checksums : {}),
      ...(part ? { 'content-range': `bytes ${part.from}-${part.to}/${version.size}` } : {}),
      'content-length': String(part ? part.to - part.from + 1 : version.size),
    };
    const bytes = withBody ? bucket.objects.body(version) : Buffer.alloc(0);
    const body = part && withBody ? bytes.subarray(part.from, part.to + 1) : bytes;
    return { status: part ? 206 : 200, headers, body };
  };
};

const noSuchKey = () => new AwsError('NoSuchKey', 'The specified key does not exist.', 404);

const versionOf = (call: ServiceCall, bucket: Bucket, key: string, id: string | undefined): ObjectVersion => {
  const found = id === undefined ? bucket.objects.current(key) : bucket.objects.find(key, id);
  if (found && !found.isMarker) return found;
  if (found && id !== undefined)
    throw new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', 405);
  if (id !== undefined) throw new AwsError('NoSuchVersion', 'The specified version does not exist.', 404);
  if (mayList(call, bucket)) throw noSuchKey();
  throw new AwsError('AccessDeniedException', `Access Denied: no such key, or no permission to know (s3:ListBucket)`);
};

const mayReadLock = (call: ServiceCall, bucket: Bucket, key: string): boolean => {
  if (!bucket.locks) return false;
  try {
    ask(call, bucket, 'GetObjectRetention', { key });
    return true;
  } catch (error) {
    if (error instanceof AwsError) {
      // The call itself was allowed: its record says so again.
      call.allow('the object, without its retention');
      return false;
    }
    throw error;
  }
};

/** `response-content-type` and its like. */
const overrides = ({ query }: S3Request): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) =>
      name.startsWith('response-') ? [[name.slice('response-'.length), value]] : [],
    ),
  );

const checkConditions = ({ headers }: S3Request, { etag }: ObjectVersion): void => {
  const isSame = (given: string) => given === '*' || given.replace(/"/g, '') === etag;
  const [match, noneMatch] = [headers['if-match'], headers['if-none-match']];
  if (match !== undefined && !isSame(match))
    throw new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412);
  if (noneMatch !== undefined && isSame(noneMatch)) throw new AwsError('NotModified', 'Not Modified', 304);
};

/** One range of bytes; several are answered with the whole, as S3 does. */
const rangeOf = ({ headers }: S3Request, { size }: ObjectVersion) => {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(headers.range ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size - 1 : Math.min(size - 1, Number(last));
  if (from >= size || from > to) throw new AwsError('InvalidRange', 'The requested range is not satisfiable', 416);
  return { from, to };
};
