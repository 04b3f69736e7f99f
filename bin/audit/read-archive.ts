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
}

const versionOf = (
  isDeleteMarker: boolean,
  { Key = '', VersionId = '', LastModified }: ObjectVersion | DeleteMarkerEntry,
): Listed => ({ key: Key, id: VersionId, isDeleteMarker, at: LastModified ?? new Date(0) });

/** Every version under the prefix whose key comes after the one given, by key. */
async function* listVersions(client: S3Client, bucket: string, after: string | undefined): AsyncGenerator<Listed[]> {
  let marker: { KeyMarker?: string; VersionIdMarker?: string } = after ? { KeyMarker: after } : {};
  for (;;) {
    const page = await client.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: archivePrefix, ...marker }));
    yield [
      ...(page.Versions ?? []).map((version) => versionOf(false, version)),
      ...(page.DeleteMarkers ?? []).map((version) => versionOf(true, version)),
    ].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.at.getTime() - b.at.getTime()));
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
  const [first, ...rest] = [...versions].sort((a, b) => a.at.getTime() - b.at.getTime());
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
