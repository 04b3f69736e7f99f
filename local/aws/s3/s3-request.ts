import type { Fields } from '../fields.ts';
import type { ParsedCall } from '../protocol.ts';
import type { SignedRequest } from '../signature.ts';

/** A call of S3, taken apart: its protocol has no single body of parameters. */
export type S3Request = {
  readonly bucket: string;
  /** Decoded; absent in calls about a bucket. */
  readonly key?: string;
  readonly query: Readonly<Record<string, string>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

/** What `parseRequest` made of the call. */
export const s3Request = ({ input }: { readonly input: Fields }): S3Request => input as S3Request;

/** Query parameters that make no other operation of a call. */
const neutral = new Set(['x-id', 'versionId', 'list-type']);
const isNeutral = (name: string): boolean => neutral.has(name) || name.startsWith('response-');

/** `<method> <about> <subresource>` → operation. A subresource that is not here is not built. */
const operations: Readonly<Record<string, string>> = {
  'GET bucket versioning': 'GetBucketVersioning',
  'GET bucket object-lock': 'GetObjectLockConfiguration',
  'GET bucket publicAccessBlock': 'GetPublicAccessBlock',
  'GET bucket encryption': 'GetBucketEncryption',
  'GET bucket policy': 'GetBucketPolicy',
  'GET bucket versions': 'ListObjectVersions',
  'HEAD bucket ': 'HeadBucket',
  'GET object ': 'GetObject',
  'GET object retention': 'GetObjectRetention',
  'HEAD object ': 'HeadObject',
  'PUT object ': 'PutObject',
  'PUT object retention': 'PutObjectRetention',
  'DELETE object ': 'DeleteObject',
};

const ofListing = new Set([
  'prefix',
  'delimiter',
  'max-keys',
  'start-after',
  'continuation-token',
  'fetch-owner',
  'encoding-type',
  'key-marker',
  'version-id-marker',
]);

/**
 * The operation behind a request in path style. What it is not sure to know it names after the request, so that it is
 * refused as not built.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
 */
export const parseRequest = (request: SignedRequest): ParsedCall => {
  const [path = '/', ...rest] = request.url.split('?');
  const [, bucket = '', ...segments] = path.split('/');
  const key = segments.length === 0 ? '' : segments.map(decoded).join('/');
  const query = Object.fromEntries(new URLSearchParams(rest.join('?')));
  const headers = Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
  const body = Buffer.from(request.body.buffer, request.body.byteOffset, request.body.length);
  const input: S3Request = { bucket: decoded(bucket), ...(key === '' ? {} : { key }), query, headers, body };
  return { operation: operationOf(request.method, input), input };
};

const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

const operationOf = (method: string, { bucket, key, query, headers }: S3Request): string => {
  if (bucket === '') return method === 'GET' ? 'ListBuckets' : `${method} /`;
  const about = key === undefined ? 'bucket' : 'object';
  const isListing = about === 'bucket' && method === 'GET' && !('versioning' in query);
  const named = Object.keys(query).filter((name) => !isNeutral(name) && !(isListing && ofListing.has(name)));
  const subresource = named.join('&');
  if (isListing && query['list-type'] === '2' && subresource === '') return 'ListObjectsV2';
  if (headers['x-amz-copy-source'] !== undefined) return 'CopyObject';
  return operations[`${method} ${about} ${subresource}`] ?? `${method} ${about} ${subresource}`.trim();
};
