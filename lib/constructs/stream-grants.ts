import { archivePrefix, type FunctionSpec, type Table } from '../../lambdas/functions.ts';
import { archives, throughTrailBucket } from '../key-policies/trail-key.ts';
import { bucketArn, pascal, tableArn, trailBucketName } from '../names.ts';
import type { Stage } from '../stage.ts';
import { allow, type Statement } from '../statement.ts';
import type { KeyArns } from './key-arns.ts';
import { throughTable } from './table-key-grants.ts';

/** The table whose stream invokes a function. */
export const streamedTable = ({ entrance }: FunctionSpec): Table | undefined =>
  entrance.by === 'stream' ? entrance.of : undefined;

/** AWS names a stream by the time it was made. */
export const streamsOf = (stage: Stage, table: Table): string => `${tableArn(stage, table)}/stream/*`;

/** The objects of the archive, which are all that its function may touch in the locked bucket. */
export const archiveObjects = (stage: Stage): string => `${bucketArn(trailBucketName(stage))}/${archivePrefix}*`;

/**
 * Lambda reads a stream in the name of the function that it invokes.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
 */
const readStream = (stage: Stage, table: Table, keys: KeyArns): readonly Statement[] => [
  allow(
    `${pascal(table)}Stream`,
    ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
    [streamsOf(stage, table)],
  ),
  allow(`${pascal(table)}StreamKey`, ['kms:Decrypt'], [keys.table(table)], {
    StringEquals: throughTable(stage, table),
  }),
];

/** Adds to the archive and reads it. Locks, versions and deletes are nobody's. */
const addToArchive = (stage: Stage, keys: KeyArns): readonly Statement[] => [
  allow('Archive', ['s3:GetObject', 's3:PutObject'], [archiveObjects(stage)]),
  allow('ArchiveList', ['s3:ListBucket'], [bucketArn(trailBucketName(stage))], {
    StringEquals: { 's3:prefix': archivePrefix },
  }),
  allow('ArchiveKey', ['kms:Decrypt', 'kms:GenerateDataKey'], [keys.trail], throughTrailBucket(stage)),
];

/** What a function that a stream invokes may do for it. */
export const streamGrants = (stage: Stage, spec: FunctionSpec, keys: KeyArns): readonly Statement[] => {
  const table = streamedTable(spec);
  return [...(table ? readStream(stage, table, keys) : []), ...(archives(spec) ? addToArchive(stage, keys) : [])];
};

/** The patterns among them, and why each is one. */
export const streamPatterns = (stage: Stage, spec: FunctionSpec): readonly (readonly [string, string])[] => {
  const table = streamedTable(spec);
  return [
    ...(table ? [[streamsOf(stage, table), 'AWS names the stream of the table when it is made.'] as const] : []),
    ...(archives(spec)
      ? [[archiveObjects(stage), 'The objects of the archive, of which there are ever more.'] as const]
      : []),
  ];
};
