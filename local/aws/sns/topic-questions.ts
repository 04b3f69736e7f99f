import type { Question } from '../authorization.ts';
import { enabled, keyUseQuestion } from '../key-use.ts';
import type { KeyStore } from '../kms/key-store.ts';
import type { World } from '../world.ts';
import type { Topic } from './topic.ts';

/** May somebody publish to the topic: its policy takes part. */
export const publishQuestion = (topic: Topic): Question => ({
  action: 'sns:Publish',
  resource: topic.arn,
  policy: topic.policy && { name: `policy of topic ${topic.name}`, document: topic.policy },
});

export const topicContext = ({ arn }: Topic) => ({ 'aws:sns:topicArn': arn });

/**
 * May SNS use the topic's key for the caller: to publish takes GenerateDataKey and Decrypt.
 * Throws AwsError KMSDisabled for a key that is not enabled.
 * Source: https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export const publishKeyQuestions = (topic: Topic, keys: KeyStore, world: World): readonly Question[] => {
  if (topic.keyId === undefined) return [];
  const key = enabled(keys.require(topic.keyId));
  return ['GenerateDataKey', 'Decrypt'].map((action) =>
    keyUseQuestion({ key, action, encryptionContext: topicContext(topic), service: 'sns' }, world),
  );
};
