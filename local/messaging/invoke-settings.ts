import { onlyKnown } from '../aws/only-known.ts';
import type { Queues } from '../aws/sqs/queues.ts';
import { isObject, type JsonObject } from '../template/json.ts';
import { TwinError } from '../twin-error.ts';

/** How Lambda handles a function's asynchronous events. */
export interface InvokeSettings {
  readonly retries: number;
  readonly ageSecondsMax: number;
  /** ARN of the queue that gets a record of what failed. */
  readonly onFailure?: string;
}

/** Source: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
export const defaultSettings: InvokeSettings = { retries: 2, ageSecondsMax: 6 * 3600 };

const known = ['FunctionName', 'Qualifier', 'MaximumRetryAttempts', 'MaximumEventAgeInSeconds', 'DestinationConfig'];

/** Properties of AWS::Lambda::EventInvokeConfig. Throws for what the twin does not honour. */
export const invokeSettings = (properties: JsonObject, queues: Queues): InvokeSettings => {
  const what = `The event invoke config of ${properties.FunctionName}`;
  onlyKnown(what, properties, known);
  if (properties.Qualifier !== '$LATEST')
    throw new TwinError(`${what} has Qualifier ${properties.Qualifier}.`, 'The twin has $LATEST only.');
  const onFailure = destinationOf(what, properties.DestinationConfig);
  if (onFailure !== undefined) queues.require(onFailure);
  const { retries, ageSecondsMax } = defaultSettings;
  return {
    retries: between(what, 'MaximumRetryAttempts', properties.MaximumRetryAttempts ?? retries, [0, 2]),
    ageSecondsMax: between(
      what,
      'MaximumEventAgeInSeconds',
      properties.MaximumEventAgeInSeconds ?? ageSecondsMax,
      [60, 21_600],
    ),
    ...(onFailure === undefined ? {} : { onFailure }),
  };
};

const between = (what: string, name: string, given: unknown, [min, max]: readonly [number, number]): number => {
  const value = Number(given);
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new TwinError(`${what} has ${name} ${JSON.stringify(given)}.`, `Give ${min} to ${max}.`);
};

const destinationOf = (what: string, config: unknown): string | undefined => {
  if (!isObject(config)) return undefined;
  onlyKnown(`${what}: DestinationConfig`, config, ['OnFailure']);
  const destination = isObject(config.OnFailure) ? config.OnFailure.Destination : undefined;
  return destination === undefined ? undefined : queueArn(what, destination);
};

/** The twin sends what failed to queues only. */
export const queueArn = (what: string, arn: unknown): string => {
  if (typeof arn === 'string' && arn.startsWith('arn:aws:sqs:')) return arn;
  throw new TwinError(`${what} sends what failed to ${JSON.stringify(arn)}.`, 'The twin sends it to SQS queues only.');
};
