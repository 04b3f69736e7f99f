import type { Question } from '../aws/authorization.ts';
import { enabled } from '../aws/key-use.ts';
import { contextOf } from '../aws/kms/ask.ts';
import type { EncryptionContext } from '../aws/kms/ciphertext.ts';
import type { Key } from '../aws/kms/key-store.ts';
import type { World } from '../aws/world.ts';
import type { RequestContext } from '../types.ts';

/** For which of its resources a service does something. */
export interface Source {
  /** `cloudwatch.amazonaws.com` */
  readonly service: string;
  readonly arn: string;
}

/**
 * What a service says of its source in calls to SNS and KMS. EventBridge says nothing: conditions on `aws:SourceArn` and
 * `aws:SourceAccount` never hold for it in the policy of a topic, nor in that of the topic's key.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-troubleshooting.html and
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 */
export const sourceContext = ({ service, arn }: Source, account: string): RequestContext =>
  service === 'events.amazonaws.com' ? {} : { 'aws:SourceArn': arn, 'aws:SourceAccount': account };

/** A publisher needs both: it makes the data key, and reads it back. */
const needed = ['GenerateDataKey', 'Decrypt'];

/** May a service itself, not for a caller, put a message under a customer's key: only the key policy can say so. */
export const serviceKeyQuestions = (
  key: Key,
  source: Source,
  encryptionContext: EncryptionContext,
  world: World,
): readonly Question[] =>
  needed.map((action) => ({
    action: `kms:${action}`,
    resource: enabled(key).arn,
    policy: { name: `key policy of ${key.id}`, document: key.policy },
    context: {
      ...contextOf(key, world, encryptionContext),
      'kms:EncryptionAlgorithm': 'SYMMETRIC_DEFAULT',
      ...sourceContext(source, world.account),
    },
  }));
