import type { MessageAttributes } from '../aws/sqs/queue.ts';
import type { Invocation } from '../lambda/lambda-function.ts';

/** An asynchronous event that Lambda gives up. */
export interface FailedEvent {
  readonly functionArn: string;
  readonly requestId: string;
  /** JSON, as it was accepted. */
  readonly event: string;
  readonly condition: 'RetriesExhausted' | 'EventAgeExceeded' | 'ZeroReservedConcurrency';
  readonly invokeCount: number;
  /** The last invocation; absent when there was none. */
  readonly last?: Invocation;
}

/** The record that an OnFailure destination gets.
 *  Source: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
export const failureRecord = (failed: FailedEvent, now: number): string => {
  const { functionArn, requestId, event, condition, invokeCount, last } = failed;
  const ran = last?.kind === 'failed' ? last : undefined;
  return JSON.stringify({
    version: '1.0',
    timestamp: new Date(now).toISOString(),
    requestContext: {
      requestId,
      functionArn: `${functionArn}:$LATEST`,
      condition,
      approximateInvokeCount: invokeCount,
    },
    requestPayload: JSON.parse(event),
    ...(ran
      ? {
          responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
          responsePayload: JSON.parse(ran.payload),
        }
      : {}),
  });
};

const messageCharsMax = 1024;

/** The attributes beside the event in a function's dead-letter queue.
 *  Source: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html#invocation-dlq */
export const deadLetterAttributes = ({ requestId, last }: FailedEvent): MessageAttributes => {
  const { errorMessage, message } = last ? JSON.parse(last.payload) : { errorMessage: 'The event was never run.' };
  return {
    RequestID: { DataType: 'String', StringValue: requestId },
    ErrorCode: { DataType: 'Number', StringValue: last?.kind === 'failed' ? '200' : '429' },
    ErrorMessage: { DataType: 'String', StringValue: String(errorMessage ?? message ?? '').slice(0, messageCharsMax) },
  };
};
