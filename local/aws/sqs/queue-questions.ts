import type { Question } from '../authorization.ts';
import { enabled, keyUseQuestion } from '../key-use.ts';
import type { KeyStore } from '../kms/key-store.ts';
import type { World } from '../world.ts';
import type { Queue } from './queue.ts';

export interface QueueRoom {
  readonly world: World;
  readonly keys: KeyStore;
}

/** May somebody do this with the queue: its policy takes part. */
export const queueQuestion = (operation: string, queue: Queue): Question => ({
  action: `sqs:${operation}`,
  resource: queue.arn,
  policy: queue.policy && { name: `policy of queue ${queue.name}`, document: queue.policy },
});

const keyActions: Readonly<Record<string, readonly string[]>> = {
  SendMessage: ['GenerateDataKey', 'Decrypt'],
  ReceiveMessage: ['Decrypt'],
};

export const queueContext = ({ arn }: Queue) => ({ 'aws:sqs:arn': arn });

/**
 * May SQS use the queue's key for the caller: to send takes GenerateDataKey and Decrypt, to receive takes Decrypt.
 * Throws AwsError KMSDisabled for a key that is not enabled.
 * Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 */
export const queueKeyQuestions = (operation: string, queue: Queue, { world, keys }: QueueRoom): readonly Question[] => {
  if (queue.keyId === undefined) return [];
  const key = enabled(keys.require(queue.keyId));
  const use = (action: string) => ({ key, action, encryptionContext: queueContext(queue), service: 'sqs' });
  return (keyActions[operation] ?? []).map((action) => keyUseQuestion(use(action), world));
};
