import { AwsError, notBuilt } from '../aws-error.ts';
import type { Service, ServiceCall, Work } from '../service.ts';
import { bucketAnswer, getPolicy, headBucket } from './bucket-answers.ts';
import { deleteObject } from './delete-object.ts';
import { getObject } from './get-object.ts';
import { listObjects, listVersions } from './list-objects.ts';
import { putObject } from './put-object.ts';
import { getRetention, putRetention } from './retention.ts';
import { s3Protocol } from './s3-protocol.ts';
import type { S3Room } from './s3-questions.ts';

/** Checks the caller's right to the call and returns what remains to be done. */
type Operation = (call: ServiceCall, room: S3Room) => Work;

const operations: Readonly<Record<string, Operation>> = {
  DeleteObject: deleteObject,
  GetBucketPolicy: getPolicy,
  GetObject: (call, room) => getObject(call, room, true),
  GetObjectRetention: getRetention,
  HeadBucket: headBucket,
  HeadObject: (call, room) => getObject(call, room, false),
  ListObjectVersions: listVersions,
  ListObjectsV2: listObjects,
  PutObject: putObject,
  PutObjectRetention: putRetention,
};

/** S3: buckets of the template, versions, object lock, conditional writes, encryption under a customer's key. */
export const createS3 = (room: S3Room): Service => ({
  name: 's3',
  protocol: s3Protocol,
  throttled: () => new AwsError('SlowDown', 'Please reduce your request rate.', 503),
  authorize: (call) => {
    const operation = Object.hasOwn(operations, call.operation) ? operations[call.operation] : undefined;
    const work = operation?.(call, room) ?? bucketAnswer(call, room);
    if (work === undefined) throw notBuilt('S3', call.operation);
    return work;
  },
});
