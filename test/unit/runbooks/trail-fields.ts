/** Of a CloudTrail record: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html */
const ofEveryRecord = [
  'awsRegion',
  'errorCode',
  'errorMessage',
  'eventCategory',
  'eventName',
  'eventSource',
  'eventTime',
  'readOnly',
  'resources.0.ARN',
  'sourceIPAddress',
  'userAgent',
];

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html */
const ofIdentities = ['arn', 'sessionContext.sessionIssuer.userName', 'type', 'userName'];

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html */
const ofSignIns = ['additionalEventData.MFAUsed', 'responseElements.ConsoleLogin'];

/** The parameters of a call, as the service writes them into its records. */
const parameters = {
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-understanding-s3-entries.html
  s3: ['bucketName'],
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/understanding-ddb-data-plane-entries.html
  dynamodb: ['key.pk', 'tableName'],
  // https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html
  lambda: ['functionName', 'role'],
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-api-logging-cloudtrail.html
  cloudformation: ['roleARN', 'stackName'],
  // https://docs.aws.amazon.com/kms/latest/developerguide/understanding-kms-entries.html
  kms: ['keyId'],
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html
  iam: ['policyArn', 'roleName', 'userName'],
  sts: ['roleArn', 'tags.0.value'],
};

export const trailFields: readonly string[] = [
  ...ofEveryRecord,
  ...ofIdentities.map((name) => `userIdentity.${name}`),
  ...ofSignIns,
  ...Object.values(parameters).flatMap((names) => names.map((name) => `requestParameters.${name}`)),
];
