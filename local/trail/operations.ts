/** How CloudTrail sorts the calls of the services that the twin has. */
export interface Sorted {
  readonly category: 'Management' | 'Data';
  readonly eventName: string;
  readonly readOnly: boolean;
  readonly resourceType?: string;
}

/** Operation → of which resource, and whether it only reads. What is not here is a management event. */
const dataEvents: Readonly<
  Record<string, { readonly type: string; readonly reads: readonly string[]; readonly writes: readonly string[] }>
> = {
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/logging-using-cloudtrail.html
  dynamodb: {
    type: 'AWS::DynamoDB::Table',
    reads: ['GetItem', 'BatchGetItem', 'TransactGetItems', 'Query', 'Scan'],
    writes: [
      'PutItem',
      'UpdateItem',
      'DeleteItem',
      'BatchWriteItem',
      'TransactWriteItems',
      ...['ExecuteStatement', 'ExecuteTransaction', 'BatchExecuteStatement'],
    ],
  },
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html
  s3: {
    type: 'AWS::S3::Object',
    reads: ['GetObject', 'HeadObject', 'GetObjectRetention', 'ListObjectsV2', 'ListObjectVersions'],
    writes: ['PutObject', 'DeleteObject', 'PutObjectRetention', 'CopyObject'],
  },
  // https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html
  lambda: { type: 'AWS::Lambda::Function', reads: [], writes: ['Invoke'] },
  // https://docs.aws.amazon.com/sns/latest/dg/logging-using-cloudtrail.html
  sns: { type: 'AWS::SNS::Topic', reads: [], writes: ['Publish', 'PublishBatch'] },
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/logging-using-cloudtrail.html
  sqs: {
    type: 'AWS::SQS::Queue',
    reads: ['ReceiveMessage'],
    writes: ['SendMessage', 'SendMessageBatch', 'DeleteMessage', 'DeleteMessageBatch', 'ChangeMessageVisibility'],
  },
};

/** Calls that CloudTrail records under another name. */
const renamed: Readonly<Record<string, string>> = { ListObjectsV2: 'ListObjects' };

/** Management calls that change nothing, beside those whose name begins like that.
 *  https://docs.aws.amazon.com/kms/latest/developerguide/logging-using-cloudtrail.html */
const reading = /^(Get|List|Describe|Head|BatchGet)/;
const readsToo = new Set([
  ...['Decrypt', 'Encrypt', 'ReEncrypt', 'Sign', 'Verify', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext'],
  ...['GenerateRandom', 'GenerateDataKeyPair', 'GenerateMac', 'VerifyMac'],
  ...['AssumeRole', 'AssumeRoleWithWebIdentity', 'AssumeRoleWithSAML'],
]);

/** How CloudTrail sorts a call. */
export const sorted = (service: string, operation: string): Sorted => {
  const eventName = renamed[operation] ?? operation;
  const data = Object.hasOwn(dataEvents, service) ? dataEvents[service] : undefined;
  if (data?.reads.includes(operation)) return { category: 'Data', eventName, readOnly: true, resourceType: data.type };
  if (data?.writes.includes(operation))
    return { category: 'Data', eventName, readOnly: false, resourceType: data.type };
  return { category: 'Management', eventName, readOnly: reading.test(operation) || readsToo.has(operation) };
};
