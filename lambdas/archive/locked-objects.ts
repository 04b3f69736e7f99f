import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { archiveKey, archivePrefix, sequenceOf } from '../model/archive.ts';
import { watchAccess } from '../platform/access-watch.ts';
import { environment } from '../platform/environment.ts';

const client = watchAccess(new S3Client({}));
const attemptsMax = 5;

export const firstAfter = async (sequence: number): Promise<number | undefined> => {
  const { Contents = [] } = await client.send(
    new ListObjectsV2Command({
      Bucket: environment.trailBucket(),
      Prefix: archivePrefix,
      StartAfter: archiveKey(sequence),
      MaxKeys: 1,
    }),
  );
  return sequenceOf(Contents[0]?.Key ?? '');
};

export const readObject = async (sequence: number): Promise<Uint8Array> => {
  const { Body } = await client.send(
    new GetObjectCommand({ Bucket: environment.trailBucket(), Key: archiveKey(sequence) }),
  );
  if (!Body) throw new Error(`${archiveKey(sequence)} has no body.`);
  return Body.transformToByteArray();
};

const statusOf = (error: unknown): number | undefined =>
  (error as { readonly $metadata?: { readonly httpStatusCode?: number } }).$metadata?.httpStatusCode;

/**
 * Adds and never replaces: the bucket's policy refuses a put that does not say so. S3 answers 412 where there is an
 * object, and 409 while somebody else puts one there.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export const addObject = async (sequence: number, bytes: Uint8Array): Promise<'added' | 'taken'> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.send(
        new PutObjectCommand({
          Bucket: environment.trailBucket(),
          Key: archiveKey(sequence),
          Body: bytes,
          ContentType: 'application/x-ndjson',
          // Object lock asks for a checksum, and S3 keeps it beside the object.
          ChecksumAlgorithm: 'SHA256',
          IfNoneMatch: '*',
        }),
      );
      return 'added';
    } catch (error) {
      if (statusOf(error) === 412) return 'taken';
      if (statusOf(error) !== 409 || attempt === attemptsMax) throw error;
    }
  }
};
