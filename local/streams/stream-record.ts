import type { JsonObject } from '../template/json.ts';

/** A change of a table, as functions get it.
 *  Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_Record.html */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly eventVersion: string;
  readonly eventSource: 'aws:dynamodb';
  readonly awsRegion: string;
  readonly dynamodb: {
    readonly Keys: JsonObject;
    readonly NewImage?: JsonObject;
    readonly OldImage?: JsonObject;
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: string;
    /** Epoch seconds by the twin's clock. */
    readonly ApproximateCreationDateTime: number;
  };
  /** Only of what DynamoDB itself deleted because its time to live was over. */
  readonly userIdentity?: { readonly type: 'Service'; readonly principalId: 'dynamodb.amazonaws.com' };
  readonly eventSourceARN: string;
}

export const sequenceOf = ({ dynamodb }: StreamRecord): string => dynamodb.SequenceNumber;
