import { randomUUID } from 'node:crypto';
import { isList, isObject, type JsonObject } from '../template/json.ts';
import { TwinError } from '../twin-error.ts';
import { type Place, recordTime } from './call-record.ts';
import type { Facts } from './facts.ts';
import { sorted } from './operations.ts';

/** What happens there is told in one region, wherever somebody did it.
 *  Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html#cloudtrail-concepts-global-service-events */
const globalSources = ['iam.amazonaws.com', 'signin.amazonaws.com'];

const textAt = (record: JsonObject, name: string): string => {
  const value = record[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new TwinError(`The record has ${name} ${JSON.stringify(value)}.`, 'Give a string.');
};

/** A record from outside, with what CloudTrail adds where it says nothing. Throws `TwinError` for what is no record. */
export const completed = (record: JsonObject, { account, region }: Place, now: number): JsonObject => {
  const eventSource = textAt(record, 'eventSource');
  const { category, readOnly } = sorted(eventSource.replace('.amazonaws.com', ''), textAt(record, 'eventName'));
  if (!isObject(record.userIdentity))
    throw new TwinError(`The record has userIdentity ${JSON.stringify(record.userIdentity)}.`, 'Give an object.');
  const eventCategory = record.eventCategory ?? (record.managementEvent === false ? 'Data' : category);
  return {
    eventVersion: '1.11',
    eventTime: recordTime(now),
    awsRegion: globalSources.includes(eventSource) ? 'us-east-1' : region,
    sourceIPAddress: '203.0.113.1',
    userAgent: 'aws-cli/2',
    requestParameters: null,
    responseElements: null,
    requestID: randomUUID(),
    eventID: randomUUID(),
    readOnly,
    eventType: 'AwsApiCall',
    managementEvent: eventCategory === 'Management',
    recipientAccountId: account,
    ...record,
    eventCategory,
  };
};

/** What selectors ask of a completed record. */
export const factsOfRecord = (record: JsonObject): Facts => {
  const resources = (isList(record.resources) ? record.resources : []).filter(isObject);
  const { resourceType = resources[0]?.type } = sorted(
    String(record.eventSource).replace('.amazonaws.com', ''),
    String(record.eventName),
  );
  const { arn } = record.userIdentity as JsonObject;
  return {
    category: record.eventCategory === 'Data' ? 'Data' : 'Management',
    eventSource: String(record.eventSource),
    eventName: String(record.eventName),
    eventType: String(record.eventType),
    readOnly: record.readOnly === true || record.readOnly === 'true',
    ...(typeof arn === 'string' ? { userArn: arn } : {}),
    ...(typeof resourceType === 'string' ? { resourceType } : {}),
    resourceArns: () =>
      resources.filter(({ type }) => type === resourceType).map(({ ARN, ARNPrefix }) => String(ARN ?? ARNPrefix)),
  };
};
