import type { ServiceAnswer } from '../../types.ts';
import { invalid } from '../aws-error.ts';
import type { ServiceCall } from '../service.ts';
import type { Bucket } from './bucket.ts';
import type { ObjectVersion } from './object-version.ts';
import { type Xml, xmlDocument } from './s3-protocol.ts';
import { ask, bucketOf, type S3Room } from './s3-questions.ts';
import { s3Request } from './s3-request.ts';

const pageMax = 1000;

interface Listing {
  readonly prefix: string;
  readonly delimiter: string;
  readonly limit: number;
  readonly encode: (key: string) => string;
}

const listingOf = (query: Readonly<Record<string, string>>): Listing => {
  const limit = Number(query['max-keys'] ?? pageMax);
  if (!Number.isInteger(limit) || limit < 0) throw invalid('Provided max-keys not an integer or within integer range');
  return {
    prefix: query.prefix ?? '',
    delimiter: query.delimiter ?? '',
    limit: Math.min(limit, pageMax),
    encode: query['encoding-type'] === 'url' ? encodeURIComponent : (key) => key,
  };
};

const askToList = (call: ServiceCall, room: S3Room, action: string): Bucket => {
  const { query } = s3Request(call);
  const bucket = bucketOf(call, room);
  ask(call, bucket, action, {
    context: Object.fromEntries(
      ['prefix', 'delimiter', 'max-keys'].flatMap((name) => (query[name] ? [[`s3:${name}`, query[name]]] : [])),
    ),
  });
  return bucket;
};

interface Page<T> {
  readonly entries: readonly T[];
  readonly prefixes: readonly string[];
  /** The last key or common prefix of the page, when more follow. */
  readonly next?: string;
}

/** Keys after `after` that begin with the prefix, those that share a part up to the delimiter as that part. */
const pageOf = <T>(
  bucket: Bucket,
  { prefix, delimiter, limit }: Listing,
  after: string,
  entriesOf: (key: string) => readonly T[],
): Page<T> => {
  const entries: T[] = [];
  const prefixes: string[] = [];
  const isAfter = (key: string) => Buffer.compare(Buffer.from(key), Buffer.from(after)) > 0;
  let last = '';
  for (const key of bucket.objects.keys()) {
    if (!key.startsWith(prefix) || !isAfter(key)) continue;
    const cut = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const common = cut < 0 ? undefined : key.slice(0, cut + delimiter.length);
    // A marker that is a common prefix stands for all behind it.
    if (common !== undefined && (common === prefixes.at(-1) || common === after)) continue;
    const found = entriesOf(key);
    if (found.length === 0) continue;
    if (entries.length + prefixes.length >= limit) return { entries, prefixes, next: last };
    if (common === undefined) entries.push(...found);
    else prefixes.push(common);
    last = common ?? key;
  }
  return { entries, prefixes };
};

const described = ({ key, at, etag, size }: ObjectVersion, { encode }: Listing): Readonly<Record<string, Xml>> => ({
  Key: encode(key),
  LastModified: new Date(at).toISOString(),
  ETag: `"${etag}"`,
  Size: size,
  StorageClass: 'STANDARD',
});

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
export const listObjects = (call: ServiceCall, room: S3Room): (() => ServiceAnswer) => {
  const bucket = askToList(call, room, 'ListBucket');
  const { query } = s3Request(call);
  return () => {
    const listing = listingOf(query);
    const token = query['continuation-token'];
    const after = token === undefined ? (query['start-after'] ?? '') : Buffer.from(token, 'base64url').toString('utf8');
    const current = (key: string): readonly ObjectVersion[] => {
      const version = bucket.objects.current(key);
      return version && !version.isMarker ? [version] : [];
    };
    const page = pageOf(bucket, listing, after, current);
    const content = {
      Name: bucket.name,
      Prefix: listing.encode(listing.prefix),
      Delimiter: query.delimiter === undefined ? undefined : listing.encode(listing.delimiter),
      MaxKeys: listing.limit,
      EncodingType: query['encoding-type'],
      KeyCount: page.entries.length + page.prefixes.length,
      StartAfter: query['start-after'] === undefined ? undefined : listing.encode(query['start-after']),
      ContinuationToken: token,
      IsTruncated: page.next !== undefined,
      NextContinuationToken: page.next === undefined ? undefined : Buffer.from(page.next).toString('base64url'),
      Contents: page.entries.map((version) => described(version, listing)),
      CommonPrefixes: page.prefixes.map((each) => ({ Prefix: listing.encode(each) })),
    };
    return xmlDocument('ListBucketResult', content, call.requestId);
  };
};

/** Pages end at keys, never within the versions of one.
 *  Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html */
export const listVersions = (call: ServiceCall, room: S3Room): (() => ServiceAnswer) => {
  const bucket = askToList(call, room, 'ListBucketVersions');
  const { query } = s3Request(call);
  return () => {
    const listing = listingOf(query);
    const after = query['key-marker'] ?? '';
    const page = pageOf(bucket, listing, after, (key) => bucket.objects.versions(key));
    const entry = (version: ObjectVersion) => {
      const { ETag, Size, StorageClass, ...rest } = described(version, listing);
      const isLatest = bucket.objects.current(version.key) === version;
      const both = { ...rest, VersionId: version.id, IsLatest: isLatest };
      return version.isMarker ? both : { ...both, ETag, Size, StorageClass };
    };
    const content = {
      Name: bucket.name,
      Prefix: listing.encode(listing.prefix),
      KeyMarker: listing.encode(after),
      MaxKeys: listing.limit,
      EncodingType: query['encoding-type'],
      IsTruncated: page.next !== undefined,
      NextKeyMarker: page.next === undefined ? undefined : listing.encode(page.next),
      Version: page.entries.filter(({ isMarker }) => !isMarker).map(entry),
      DeleteMarker: page.entries.filter(({ isMarker }) => isMarker).map(entry),
      CommonPrefixes: page.prefixes.map((each) => ({ Prefix: listing.encode(each) })),
    };
    return xmlDocument('ListVersionsResult', content, call.requestId);
  };
};
