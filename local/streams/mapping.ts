import type { Invocation, LambdaFunction } from '../lambda/lambda-function.ts';
import type { Clock } from '../types.ts';
import { type Batch, eventOf, failedOf, fitting, halves } from './batch.ts';
import type { GivenUp } from './given-up.ts';
import type { MappingSettings } from './mapping-settings.ts';
import type { StreamReader } from './stream-reader.ts';
import { type StreamRecord, sequenceOf } from './stream-record.ts';

export interface MappingParts {
  readonly settings: MappingSettings;
  readonly run: LambdaFunction;
  readonly reader: StreamReader;
  readonly clock: Clock;
  /** How far the function has come, over restarts. */
  readonly position: { get(): string | undefined; set(sequence: string): void };
  /** Whether the function's role may read the stream now; it tells when that changes. */
  readonly mayRead: () => boolean;
  readonly giveUp: (given: GivenUp) => void;
  /** Milliseconds that the newest record of a batch is old. */
  readonly measureAge: (ms: number) => void;
}

export interface Mapping {
  /** Does what is due, one batch at a time and in order; waits for what is under way. */
  tick(): Promise<void>;
}

const backoffMsMax = 60_000;

/**
 * Gives a function the records of a stream, in their order, each at least once: the position moves on after a batch, so
 * that a batch that was running when everything ended comes again.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
 */
export const createMapping = (parts: MappingParts): Mapping => {
  const { settings, run, reader, clock, position, mayRead, giveUp, measureAge } = parts;
  let waiting: Batch[] = [];
  /** Read up to here; the position follows when it is done. */
  let read: string | undefined;
  let dueAt = 0;
  let gatheringSince: number | undefined;
  let busy: Promise<void> | undefined;

  const begin = async (): Promise<void> => {
    read = position.get();
    if (read !== undefined || settings.from === 'TRIM_HORIZON') return;
    read = (await reader.latest()) ?? '0';
    position.set(read);
  };

  const gather = async (): Promise<void> => {
    if (read === undefined) await begin();
    const { records, last } = await reader.after(read, settings.batchSize);
    if (last === undefined) return;
    if (records.length === 0) {
      moveOn(last);
      return;
    }
    gatheringSince ??= clock.now();
    if (records.length < settings.batchSize && clock.now() - gatheringSince < settings.windowMs) return;
    gatheringSince = undefined;
    const taken = fitting(records);
    waiting = [{ records: taken, failures: 0 }];
    read = taken.length < records.length ? lastOf(taken) : last;
  };

  const moveOn = (sequence: string): void => {
    read = sequence;
    position.set(sequence);
  };

  /** Done with the first batch that waits. */
  const finish = ({ records }: Batch): void => {
    waiting.shift();
    position.set(waiting.length === 0 ? (read ?? lastOf(records)) : lastOf(records));
  };

  const abandon = (batch: Batch, condition: GivenUp['condition'], last?: Invocation): void => {
    const { arn: functionArn } = run.definition;
    const given = { functionArn, streamArn: settings.streamArn, condition, records: batch.records };
    giveUp({ ...given, invokeCount: batch.failures, ...(last ? { last } : {}) });
    finish(batch);
  };

  const failed = (batch: Batch, again: readonly StreamRecord[], last: Invocation): void => {
    const rest = { records: again, failures: batch.failures };
    if (again.length < batch.records.length) {
      // What came before the first failure is done.
      position.set(lastOf(batch.records.slice(0, batch.records.length - again.length)));
      waiting[0] = rest;
    }
    const failures = batch.failures + 1;
    // Throttled is not failed: it comes again until it is too old.
    if (last.kind === 'throttled') wait(failures, rest);
    else if (settings.bisect && again.length > 1) {
      waiting.splice(0, 1, ...halves(rest));
      wait(1);
    } else if (settings.retries >= 0 && failures > settings.retries)
      abandon({ ...rest, failures }, 'RetryAttemptsExhausted', last);
    else wait(failures, { ...rest, failures });
  };

  const wait = (failures: number, batch?: Batch): void => {
    dueAt = clock.now() + Math.min(backoffMsMax, 1000 * 2 ** (failures - 1));
    if (batch) waiting[0] = batch;
  };

  const isOld = (record: StreamRecord): boolean =>
    settings.ageSecondsMax >= 0 && ageMs(record) > settings.ageSecondsMax * 1000;
  const ageMs = ({ dynamodb }: StreamRecord): number =>
    Math.max(0, clock.now() - dynamodb.ApproximateCreationDateTime * 1000);

  const deliver = async (batch: Batch): Promise<void> => {
    const old = batch.records.filter(isOld);
    if (old.length > 0) {
      const young = batch.records.slice(old.length);
      if (young.length > 0) waiting.splice(1, 0, { ...batch, records: young });
      abandon({ ...batch, records: batch.records.slice(0, old.length) }, 'RecordAgeExceeded');
      return;
    }
    const newest = batch.records.at(-1);
    if (newest) measureAge(ageMs(newest));
    const invocation = await run.invoke(eventOf(batch));
    const again =
      invocation.kind !== 'answered' ? batch.records : settings.reportsItems ? failedOf(batch, invocation.payload) : [];
    if (again.length === 0) finish(batch);
    else failed(batch, again, invocation);
  };

  const work = async (): Promise<void> => {
    if (clock.now() < dueAt || !mayRead()) return;
    if (waiting.length === 0) await gather();
    const [next] = waiting;
    if (next) await deliver(next);
  };

  return {
    tick: () => {
      busy ??= work().finally(() => {
        busy = undefined;
      });
      return busy;
    },
  };
};

const lastOf = (records: readonly StreamRecord[]): string => {
  const last = records.at(-1);
  return last ? sequenceOf(last) : '0';
};
