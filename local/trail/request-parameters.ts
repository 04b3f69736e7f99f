import { type Fields, isFields } from '../aws/fields.ts';
import { s3Request } from '../aws/s3/s3-request.ts';
import type { JsonObject } from '../template/json.ts';

/**
 * The parameters that a record shows, by service: a list, so that a secret or what an item holds is in no record because
 * nobody thought of it.
 */
const shown: Readonly<Record<string, readonly string[]>> = {
  dynamodb: [
    ...['TableName', 'IndexName', 'ConditionExpression', 'FilterExpression', 'KeyConditionExpression'],
    ...['ProjectionExpression', 'UpdateExpression', 'ExpressionAttributeNames', 'Limit', 'ScanIndexForward'],
    ...['Select', 'ConsistentRead', 'ReturnValues', 'ReturnConsumedCapacity', 'Segment', 'TotalSegments'],
    ...['ResourceArn', 'TimeToLiveSpecification', 'PointInTimeRecoverySpecification', 'DeletionProtectionEnabled'],
    ...['SSESpecification', 'StreamSpecification'],
  ],
  kms: [
    ...['KeyId', 'EncryptionAlgorithm', 'EncryptionContext', 'KeySpec', 'NumberOfBytes', 'SigningAlgorithm'],
    ...['MessageType', 'PendingWindowInDays', 'DryRun', 'SourceKeyId', 'SourceEncryptionContext'],
    ...['DestinationKeyId', 'DestinationEncryptionContext', 'RotationPeriodInDays'],
  ],
  sts: ['RoleArn', 'RoleSessionName', 'DurationSeconds'],
  secretsmanager: ['SecretId', 'VersionId', 'VersionStage', 'VersionStages', 'ClientRequestToken'],
  sns: ['TopicArn', 'TargetArn'],
  sqs: ['QueueUrl', 'QueueName', 'MaxNumberOfMessages', 'VisibilityTimeout', 'WaitTimeSeconds'],
  lambda: ['FunctionName', 'InvocationType', 'LogType', 'Qualifier'],
  monitoring: ['RuleName', 'StartTime', 'EndTime', 'Period', 'MaxContributorCount', 'Metrics', 'OrderBy'],
};

/** What a record shows of a call's input. CloudTrail writes names in lower camel case. */
export const requestParameters = (service: string, input: Fields): JsonObject | null => {
  if (service === 's3') return ofObject(input);
  const picked = (shown[service] ?? []).filter((name) => input[name] !== undefined);
  const parameters = {
    ...Object.fromEntries(picked.map((name) => [lowerCamel(name), input[name]])),
    ...(service === 'dynamodb' ? ofItems(input) : {}),
    ...(service === 'sts' ? ofTags(input) : {}),
  };
  return Object.keys(parameters).length > 0 ? (parameters as JsonObject) : null;
};

const lowerCamel = (name: string): string =>
  name.replace(/^[A-Z]+(?=[A-Z][a-z])|^[A-Z]/, (start) => start.toLowerCase());

const ofObject = (input: Fields): JsonObject => {
  const { bucket, key, query } = s3Request({ input });
  const { versionId, prefix } = query;
  return {
    bucketName: bucket,
    ...(key === undefined ? {} : { key }),
    ...(versionId === undefined ? {} : { versionId }),
    ...(prefix === undefined ? {} : { prefix }),
  };
};

/** Session tags, which AWS shows. */
const ofTags = (input: Fields): Fields => {
  const tags: [string, unknown][] = [];
  for (let n = 1; input[`Tags.member.${n}.Key`] !== undefined; n += 1)
    tags.push([String(input[`Tags.member.${n}.Key`]), input[`Tags.member.${n}.Value`]]);
  return tags.length > 0 ? { principalTags: Object.fromEntries(tags) } : {};
};

/**
 * Keys of items, and of what is written the names of attributes, never a value.
 * Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/logging-using-cloudtrail.html
 */
const ofItems = (input: Fields): Fields => {
  const several = [...batched(input.RequestItems), ...transacted(input.TransactItems)];
  return { ...ofItem(input), ...(several.length > 0 ? { requestItems: several } : {}) };
};

const ofItem = ({ Key, Item }: Fields): Fields => ({
  ...(isFields(Key) ? { key: plain(Key) } : {}),
  ...(isFields(Item) ? { items: Object.keys(Item) } : {}),
});

const plain = (key: Fields): Fields =>
  Object.fromEntries(
    Object.entries(key).map(([name, value]) => [
      name,
      isFields(value) ? (value.S ?? value.N ?? value.B ?? null) : null,
    ]),
  );

const batched = (requested: unknown): readonly Fields[] =>
  Object.entries(isFields(requested) ? requested : {}).flatMap(([tableName, asked]): readonly Fields[] => {
    if (isFields(asked) && Array.isArray(asked.Keys))
      return asked.Keys.filter(isFields).map((key) => ({ tableName, key: plain(key) }));
    if (!Array.isArray(asked)) return [];
    return asked.filter(isFields).map(({ PutRequest, DeleteRequest }) => ({
      tableName,
      operation: isFields(PutRequest) ? 'Put' : 'Delete',
      ...ofItem(isFields(PutRequest) ? PutRequest : isFields(DeleteRequest) ? DeleteRequest : {}),
    }));
  });

const transacted = (items: unknown): readonly Fields[] =>
  (Array.isArray(items) ? items : []).filter(isFields).flatMap((item) =>
    Object.entries(item).map(([operation, one]) => ({
      operation,
      ...(isFields(one) ? { tableName: one.TableName, ...ofItem(one) } : {}),
    })),
  );
