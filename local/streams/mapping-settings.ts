import { type Fields, optionalFields, optionalList, optionalNumber, optionalText, text } from '../aws/fields.ts';
import { onlyKnown } from '../aws/only-known.ts';
import type { Properties } from '../aws/world.ts';
import { TwinError } from '../twin-error.ts';

/** How a function is given the records of a stream. */
export interface MappingSettings {
  readonly functionName: string;
  readonly streamArn: string;
  readonly from: 'TRIM_HORIZON' | 'LATEST';
  readonly batchSize: number;
  readonly windowMs: number;
  /** -1: until the records are too old. */
  readonly retries: number;
  /** -1: as long as the stream has them. */
  readonly ageSecondsMax: number;
  readonly bisect: boolean;
  /** The function answers which records failed. */
  readonly reportsItems: boolean;
  /** ARN of the queue that is told of what was given up. */
  readonly onFailure?: string;
}

const known = [
  ...['FunctionName', 'EventSourceArn', 'Enabled', 'StartingPosition', 'BatchSize', 'MaximumBatchingWindowInSeconds'],
  ...['MaximumRetryAttempts', 'MaximumRecordAgeInSeconds', 'BisectBatchOnFunctionError', 'FunctionResponseTypes'],
  ...['DestinationConfig', 'ParallelizationFactor', 'Tags'],
];

const isOn = (value: unknown): boolean => value === true || value === 'true';

/**
 * Properties of AWS::Lambda::EventSourceMapping over a table's stream. Throws for what the twin does not honour.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html
 */
export const mappingSettings = (properties: Properties): MappingSettings => {
  const functionName = text(properties, 'FunctionName');
  const what = `The event source mapping of ${functionName}`;
  onlyKnown(what, properties, known);
  const streamArn = optionalText(properties, 'EventSourceArn') ?? '';
  if (!/^arn:aws:dynamodb:[^:]+:[^:]+:table\/[^/]+\/stream\//.test(streamArn))
    throw new TwinError(`${what} is over ${streamArn}.`, "The twin has tables' streams only.");
  const number = (name: string, absent: number, [min, max]: readonly [number, number]): number => {
    const value = optionalNumber(properties, name) ?? absent;
    if ((Number.isInteger(value) && value >= min && value <= max) || (absent === -1 && value === -1)) return value;
    throw new TwinError(`${what} has ${name} ${value}.`, `Expected ${min} to ${max}.`);
  };
  const from = optionalText(properties, 'StartingPosition');
  if (from !== 'TRIM_HORIZON' && from !== 'LATEST')
    throw new TwinError(`${what} has StartingPosition ${from}.`, 'Expected TRIM_HORIZON or LATEST.');
  const batchSize = number('BatchSize', 100, [1, 10_000]);
  const windowSeconds = number('MaximumBatchingWindowInSeconds', 0, [0, 300]);
  if (batchSize > 1000 && windowSeconds === 0)
    throw new TwinError(`${what} has batches of ${batchSize} without a window.`, 'Lambda wants one above 1000.');
  number('ParallelizationFactor', 1, [1, 10]);
  const onFailure = onFailureOf(what, properties);
  return {
    functionName,
    streamArn,
    from,
    batchSize,
    windowMs: windowSeconds * 1000,
    retries: number('MaximumRetryAttempts', -1, [0, 10_000]),
    ageSecondsMax: number('MaximumRecordAgeInSeconds', -1, [60, 604_800]),
    bisect: isOn(properties.BisectBatchOnFunctionError),
    reportsItems: (optionalList(properties, 'FunctionResponseTypes') ?? []).includes('ReportBatchItemFailures'),
    ...(onFailure === undefined ? {} : { onFailure }),
  };
};

const onFailureOf = (what: string, properties: Fields): string | undefined => {
  const destination = optionalFields(optionalFields(properties, 'DestinationConfig') ?? {}, 'OnFailure')?.Destination;
  if (destination === undefined || String(destination).startsWith('arn:aws:sqs:')) return destination as string;
  throw new TwinError(`${what} tells ${JSON.stringify(destination)} of failures.`, 'The twin has SQS queues only.');
};
