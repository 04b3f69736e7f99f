import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { fieldsList, subfields, text } from '../aws/fields.ts';
import type { Endpoint, World } from '../aws/world.ts';
import type { StreamRecord } from './stream-record.ts';

/** Records after a position, and where reading goes on. */
export interface Page {
  readonly records: readonly StreamRecord[];
  /** The last sequence number that was looked at: also of a change that is none. */
  readonly last: string | undefined;
}

export interface StreamReader {
  /** Oldest first; from the beginning when nothing was read before. */
  after(sequence: string | undefined, limit: number): Promise<Page>;
  /** The last sequence number there is. */
  latest(): Promise<string | undefined>;
}

/** Of GetRecords. */
const pageMax = 1000;

/**
 * The engine's stream as DynamoDB would have it: the engine writes records for puts that change nothing, numbers events by
 * table, stamps them with the machine's time, and does not say what was deleted for its time to live.
 */
export const createStreamReader = (streamArn: string, endpoint: Endpoint, world: World): StreamReader => {
  const { engine } = endpoint;
  const [, table = ''] = /:table\/([^/]+)\/stream\//.exec(streamArn) ?? [];

  const shard = async () => {
    const { StreamDescription } = await engine('DescribeStream', { StreamArn: streamArn });
    const shards = fieldsList(StreamDescription as Readonly<Record<string, unknown>>, 'Shards');
    const [only, ...more] = shards;
    if (!only || more.length > 0) throw new Error(`${streamArn} has ${shards.length} shards; the twin reads one.`);
    return only;
  };

  const asOnAws = (record: StreamRecord): StreamRecord => {
    const { Keys, SequenceNumber, ApproximateCreationDateTime: stamped } = record.dynamodb;
    const swept = record.eventName === 'REMOVE' && endpoint.wasSwept(table, Keys, stamped);
    // Read within moments of being written: what the clock is ahead now, it was ahead then.
    const ahead = Math.round((world.clock.now() - Date.now()) / 1000);
    return {
      ...record,
      eventID: createHash('md5').update(`${streamArn} ${SequenceNumber}`).digest('hex'),
      awsRegion: world.region,
      dynamodb: { ...record.dynamodb, ApproximateCreationDateTime: stamped + ahead },
      ...(swept ? { userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } } : {}),
      eventSourceARN: streamArn,
    };
  };

  return {
    after: async (sequence, limit) => {
      const ShardId = text(await shard(), 'ShardId');
      const place =
        sequence === undefined
          ? { ShardIteratorType: 'TRIM_HORIZON' }
          : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: sequence };
      const { ShardIterator } = await engine('GetShardIterator', { StreamArn: streamArn, ShardId, ...place });
      const answer = await engine('GetRecords', { ShardIterator, Limit: Math.min(limit, pageMax) });
      const all = (answer.Records ?? []) as readonly StreamRecord[];
      const records = all.filter((record) => !isUnchanged(record)).map(asOnAws);
      return { records, last: all.at(-1)?.dynamodb.SequenceNumber };
    },
    latest: async () => {
      const range = subfields(await shard(), 'SequenceNumberRange');
      return typeof range.EndingSequenceNumber === 'string' ? range.EndingSequenceNumber : undefined;
    },
  };
};

/** DynamoDB writes no record of a put that changes nothing. */
const isUnchanged = ({ eventName, dynamodb: { NewImage, OldImage } }: StreamRecord): boolean =>
  eventName === 'MODIFY' && NewImage !== undefined && isDeepStrictEqual(NewImage, OldImage);
