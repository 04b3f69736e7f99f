import type { Invocation } from '../lambda/lambda-function.ts';
import { type StreamRecord, sequenceOf } from './stream-record.ts';

export interface GivenUp {
  readonly functionArn: string;
  readonly streamArn: string;
  readonly condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded';
  readonly records: readonly StreamRecord[];
  readonly invokeCount: number;
  /** The last invocation; absent when there was none. */
  readonly last?: Invocation;
}

const arrival = (record: StreamRecord | undefined): string =>
  new Date((record?.dynamodb.ApproximateCreationDateTime ?? 0) * 1000).toISOString();

/** What a destination is told: where the records are, not what is in them.
 *  Source: https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html */
export const givenUpMessage = (given: GivenUp, now: number): string => {
  const { functionArn, streamArn, condition, records, invokeCount, last } = given;
  const [first, final] = [records[0], records.at(-1)];
  return JSON.stringify({
    requestContext: {
      requestId: last?.requestId ?? '',
      functionArn: `${functionArn}:$LATEST`,
      condition,
      approximateInvokeCount: invokeCount,
    },
    ...(last ? { responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' } } : {}),
    version: '1.0',
    timestamp: new Date(now).toISOString(),
    DDBStreamBatchInfo: {
      shardId: 'shardId-00000001',
      startSequenceNumber: first && sequenceOf(first),
      endSequenceNumber: final && sequenceOf(final),
      approximateArrivalOfFirstRecord: arrival(first),
      approximateArrivalOfLastRecord: arrival(final),
      batchSize: records.length,
      streamArn,
    },
  });
};
