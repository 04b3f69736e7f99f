import { TwinError } from '../../twin-error.ts';
import { isFields, optionalText, own, text } from '../fields.ts';
import { onlyKnown } from '../only-known.ts';
import type { Properties } from '../world.ts';
import type { Queue, Redrive } from './queue.ts';

const known = [
  'QueueName',
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
  'SqsManagedSseEnabled',
  'VisibilityTimeout',
  'MessageRetentionPeriod',
  'DelaySeconds',
  'ReceiveMessageWaitTimeSeconds',
  'RedrivePolicy',
  'Tags',
];

const seconds = (properties: Properties, name: string, otherwise: number): number => {
  const value = Number(own(properties, name) ?? otherwise);
  if (Number.isFinite(value) && value >= 0) return value;
  throw new TwinError(`${name} is ${JSON.stringify(properties[name])}.`, 'Give seconds.');
};

const redriveOf = (name: string, wanted: unknown): Redrive | undefined => {
  if (wanted === undefined) return undefined;
  const { deadLetterTargetArn, maxReceiveCount } = isFields(wanted) ? wanted : {};
  const count = Number(maxReceiveCount);
  if (typeof deadLetterTargetArn === 'string' && count >= 1)
    return { deadLetterArn: deadLetterTargetArn, maxReceiveCount: count };
  throw new TwinError(
    `Queue ${name} has RedrivePolicy ${JSON.stringify(wanted)}.`,
    'Give deadLetterTargetArn and maxReceiveCount.',
  );
};

/** What a template says of a queue, with AWS's defaults. Throws for a property that is unknown.
 *  Source: CloudFormation, AWS::SQS::Queue */
export const queueProperties = (
  properties: Properties,
): Omit<Queue, 'arn' | 'url' | 'localUrl' | 'createdAt' | 'messages' | 'policy'> => {
  const name = text(properties, 'QueueName');
  onlyKnown(`Queue ${name}`, properties, known);
  const keyId = optionalText(properties, 'KmsMasterKeyId');
  const redrive = redriveOf(name, own(properties, 'RedrivePolicy'));
  return {
    name,
    ...(keyId === undefined ? {} : { keyId }),
    visibilitySeconds: seconds(properties, 'VisibilityTimeout', 30),
    retentionSeconds: seconds(properties, 'MessageRetentionPeriod', 4 * 24 * 3600),
    delaySeconds: seconds(properties, 'DelaySeconds', 0),
    waitSeconds: seconds(properties, 'ReceiveMessageWaitTimeSeconds', 0),
    ...(redrive ? { redrive } : {}),
  };
};
