import { randomUUID } from 'node:crypto';
import { isList, isObject, type JsonObject } from '../template/json.ts';

/**
 * A record as EventBridge gets it. Undefined for those that rules do not see by default: data events here, what only
 * reads, and what is told in another region.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
export const busEvent = (record: JsonObject, region: string): JsonObject | undefined => {
  if (record.eventCategory !== 'Management' || record.readOnly === true || record.awsRegion !== region)
    return undefined;
  const isSignIn = record.eventType === 'AwsConsoleSignIn';
  const resources = (isList(record.resources) ? record.resources : []).filter(isObject);
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': isSignIn ? 'AWS Console Sign In via CloudTrail' : 'AWS API Call via CloudTrail',
    source: `aws.${String(record.eventSource).replace('.amazonaws.com', '')}`,
    account: record.recipientAccountId ?? '',
    time: record.eventTime ?? '',
    region,
    resources: resources.flatMap(({ ARN }) => (typeof ARN === 'string' ? [ARN] : [])),
    detail: record,
  };
};
