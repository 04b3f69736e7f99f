import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { toIso } from '../kernel/use-case.ts';
import { ArchivedChange } from '../model/archive.ts';

const changeOf = ({ eventID, eventName, dynamodb = {}, userIdentity }: DynamoDBRecord): ArchivedChange =>
  ArchivedChange.parse({
    eventId: eventID,
    change: eventName,
    // Seconds, with a fraction where DynamoDB gives one.
    at: toIso(Math.round((dynamodb.ApproximateCreationDateTime ?? Number.NaN) * 1000)),
    sequenceNumber: dynamodb.SequenceNumber,
    keys: dynamodb.Keys,
    ...(dynamodb.NewImage && { new: dynamodb.NewImage }),
    ...(dynamodb.OldImage && { old: dynamodb.OldImage }),
    ...(userIdentity && { by: userIdentity }),
  });

/**
 * The changes of a batch, in its order, each once.
 * @throws on a record that is not as AWS describes it: it is not left out, it waits as a dead letter.
 */
export const parseChanges = ({ Records }: DynamoDBStreamEvent): readonly ArchivedChange[] => {
  const changes = new Map<string, ArchivedChange>();
  for (const record of Records) {
    const change = changeOf(record);
    if (!changes.has(change.eventId)) changes.set(change.eventId, change);
  }
  return [...changes.values()];
};
