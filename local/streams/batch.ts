import { isList, isObject } from '../template/json.ts';
import { type StreamRecord, sequenceOf } from './stream-record.ts';

/** Records that a function gets at once, and how often it failed on them. */
export interface Batch {
  readonly records: readonly StreamRecord[];
  readonly failures: number;
}

/** Lambda's limit of a synchronous payload. */
const payloadBytesMax = 6 * 1024 * 1024;

export const eventOf = ({ records }: Batch): string => JSON.stringify({ Records: records });

/** As many of the first records as fit into a payload, one at the least. */
export const fitting = (records: readonly StreamRecord[]): readonly StreamRecord[] => {
  let bytes = 0;
  const end = records.findIndex((record, index) => {
    bytes += Buffer.byteLength(JSON.stringify(record)) + 1;
    return index > 0 && bytes > payloadBytesMax - 100;
  });
  return end < 0 ? records : records.slice(0, end);
};

/** Both halves; to split is no attempt. */
export const halves = ({ records, failures }: Batch): readonly Batch[] => {
  const middle = Math.ceil(records.length / 2);
  return [records.slice(0, middle), records.slice(middle)].map((half) => ({ records: half, failures }));
};

/**
 * What is to come again after a partial answer: everything from the first record that failed. An answer that is none of
 * this kind, or names a record that was not given, is a failure of all.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 */
export const failedOf = ({ records }: Batch, payload: string): readonly StreamRecord[] => {
  const answer: unknown = JSON.parse(payload);
  if (answer === null || (isObject(answer) && answer.batchItemFailures === undefined)) return [];
  const failures = isObject(answer) ? answer.batchItemFailures : undefined;
  if (failures === null) return [];
  if (!isList(failures)) return records;
  const named = failures.map((failure) => (isObject(failure) ? failure.itemIdentifier : undefined));
  const places = named.map((sequence) => records.findIndex((record) => sequenceOf(record) === sequence));
  return places.length === 0 ? [] : records.slice(Math.max(0, Math.min(...places)));
};
