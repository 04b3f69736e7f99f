import {
  type DeleteMarkerEntry,
  GetObjectCommand,
  ListObjectVersionsCommand,
  type ObjectVersion,
  type S3Client,
} from '@aws-sdk/client-s3';
import { archiveKey, archivePrefix } from '../../lambdas/model/archive.ts';
import type { ArchivedObject, Version } from './archived-object.ts';

interface Listed extends Version {
  readonly key: string;
  readonly isLatest: boolean;
  /** Its place in the list, where newer versions of a key come first. */
  readonly place: number;
}

const versionOf = (
  isDeleteMarker: boolean,
  { Key = '', VersionId = '', LastModified, IsLatest }: ObjectVersion | DeleteMarkerEntry,
  place: number,
): Listed => ({
  key: Key,
  id: VersionId,
  isDeleteMarker,
  at: LastModified ?? new Date(0),
  isLatest: IsLatest === true,
  place,
});

/** Oldest first. Times are whole seconds, and whoever forges a version forges its time. */
const byAge = (a: Listed, b: Listed): number =>
  a.at.getTime() - b.at.getTime() || Number(a.isLatest) - Number(b.isLatest) || b.place - a.place;

/** Every version under the prefix whose key comes after the one given, by key. */
async function* listVersions(client: S3Client, bucket: string, after: string | undefined): AsyncGenerator<Listed[]> {
  let places = 0;
  const listed = (isDeleteMarker: boolean) => (version: ObjectVersion | DeleteMarkerEntry) => {
    places += 1;
    return versionOf(isDeleteMarker, version, places);
  };
  let marker: { KeyMarker?: string; VersionIdMarker?: string } = after ? { KeyMarker: after } : {};
  for (;;) {
    const page = await client.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: archivePrefix, ...marker }));
    yield [...(page.Versions ?? []).map(listed(false)), ...(page.DeleteMarkers ?? []).map(listed(true))].sort((a, b) =>
      a.key < b.key ? -1 : a.key > b.key ? 1 : 0,
    );
    if (!page.IsTruncated || !page.NextKeyMarker) return;
    marker = {
      KeyMarker: page.NextKeyMarker,
      ...(page.NextVersionIdMarker && { VersionIdMarker: page.NextVersionIdMarker }),
    };
  }
}

/** The versions of one key together, though a page may end between them. */
async function* byKey(pages: AsyncIterable<readonly Listed[]>): AsyncGenerator<readonly [Listed, ...Listed[]]> {
  let open: [Listed, ...Listed[]] | undefined;
  for await (const page of pages)
    for (const version of page)
      if (open && open[0].key === version.key) open.push(version);
      else {
        if (open) yield open;
        open = [version];
      }
  if (open) yield open;
}

const inAge = (versions: readonly [Listed, ...Listed[]]): readonly [Listed, ...Listed[]] => {
  const [first, ...rest] = [...versions].sort(byAge);
  return first ? [first, ...rest] : versions;
};

const readObject = async (
  client: S3Client,
  Bucket: string,
  listed: readonly [Listed, ...Listed[]],
): Promise<ArchivedObject> => {
  const versions = inAge(listed);
  const { key } = versions[0];
  const original = versions.find(({ isDeleteMarker }) => !isDeleteMarker);
  if (!original) return { key, versions };
  const answer = await client.send(new GetObjectCommand({ Bucket, Key: key, VersionId: original.id }));
  const bytes = await answer.Body?.transformToByteArray();
  const { ObjectLockMode: mode, ObjectLockRetainUntilDate: until } = answer;
  return { key, versions, ...(bytes && { bytes }), ...(mode && until && { lock: { mode, until } }) };
};

/** Reads that are under way at once: an archive is many small objects. */
const ahead = 8;

/** The archive in order, from one object on; the one before it comes first, since the chain hangs on it. */
export async function* readArchive(client: S3Client, bucket: string, from: number): AsyncGenerator<ArchivedObject> {
  const after = from > 2 ? archiveKey(from - 2) : undefined;
  const reads: Promise<ArchivedObject>[] = [];
  for await (const versions of byKey(listVersions(client, bucket, after))) {
    const read = readObject(client, bucket, versions);
    // A read that fails while an earlier one is waited for is told when its turn comes.
    read.catch(() => undefined);
    reads.push(read);
    if (reads.length < ahead) continue;
    const next = await reads.shift();
    if (next) yield next;
  }
  for (const read of reads) yield await read;
}
