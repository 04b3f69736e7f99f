import { randomUUID } from 'node:crypto';
import type { ObservedCall } from '../aws/observed-call.ts';
import type { KnownKey } from '../aws/world.ts';
import { roleIdOf } from '../iam/principal-context.ts';
import type { JsonObject } from '../template/json.ts';
import { resourceArnsOf, sourceOf } from './call-facts.ts';
import { type Sorted, sorted } from './operations.ts';
import { requestParameters } from './request-parameters.ts';

/** Where records are made. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** CloudTrail writes whole seconds. */
export const recordTime = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');

/**
 * The record of an SDK call, without the id of its access key and without the answer's contents.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export const recordOfCall = (call: ObservedCall, { account, region }: Place): JsonObject => {
  const kind = sorted(call.service, call.operation);
  return {
    eventVersion: '1.11',
    userIdentity: identityOf(call.caller),
    eventTime: recordTime(call.at),
    eventSource: sourceOf(call.service),
    eventName: kind.eventName,
    awsRegion: region,
    sourceIPAddress: call.address,
    userAgent: call.userAgent,
    ...failureOf(call),
    requestParameters: requestParameters(call.service, call.input),
    responseElements: null,
    requestID: call.requestId,
    eventID: randomUUID(),
    readOnly: kind.readOnly,
    ...resourcesOf(call, kind, account),
    eventType: 'AwsApiCall',
    managementEvent: kind.category === 'Management',
    recipientAccountId: account,
    eventCategory: kind.category,
  };
};

/** Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html */
const identityOf = ({ principal, issuedAt }: KnownKey): JsonObject => {
  const { arn, account, roleArn, roleName, sessionName } = principal;
  const roleId = roleIdOf(roleArn);
  return {
    type: 'AssumedRole',
    principalId: `${roleId}:${sessionName}`,
    arn,
    accountId: account,
    sessionContext: {
      sessionIssuer: { type: 'Role', principalId: roleId, arn: roleArn, accountId: account, userName: roleName },
      attributes: { creationDate: recordTime(issuedAt), mfaAuthenticated: 'false' },
    },
  };
};

const failureOf = ({ error, answer }: ObservedCall): JsonObject => {
  if (error) return { errorCode: codeOf(error.code), errorMessage: error.message };
  if (!answer || answer.status < 400) return {};
  // The engine's own refusals: JSON, as DynamoDB answers.
  const { __type, message, Message } = JSON.parse(answer.body.toString()) as Readonly<Record<string, unknown>>;
  return { errorCode: codeOf(String(__type).replace(/^.*#/, '')), errorMessage: String(message ?? Message ?? '') };
};

/** Whatever a service calls it, CloudTrail says AccessDenied. */
const codeOf = (code: string): string => (code === 'AccessDeniedException' ? 'AccessDenied' : code);

const managedTypes: Readonly<Record<string, string>> = {
  dynamodb: 'AWS::DynamoDB::Table',
  kms: 'AWS::KMS::Key',
  sts: 'AWS::IAM::Role',
  secretsmanager: 'AWS::SecretsManager::Secret',
  s3: 'AWS::S3::Bucket',
};

const resourcesOf = (call: ObservedCall, kind: Sorted, accountId: string): JsonObject => {
  const type = kind.resourceType ?? managedTypes[call.service];
  const arns = resourceArnsOf(call, kind).filter((arn) => arn.startsWith('arn:'));
  if (type === undefined || arns.length === 0) return {};
  if (type !== 'AWS::S3::Object') return { resources: arns.map((ARN) => ({ accountId, type, ARN })) };
  const isListing = kind.eventName.startsWith('ListObject');
  const buckets = [...new Set(arns.map((arn) => arn.split('/')[0] ?? ''))];
  return {
    resources: [
      ...arns.map((arn) => (isListing ? { type, ARNPrefix: arn } : { type, ARN: arn })),
      ...buckets.map((ARN) => ({ accountId, type: 'AWS::S3::Bucket', ARN })),
    ],
  };
};
