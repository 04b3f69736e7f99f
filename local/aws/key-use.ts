import type { Question } from './authorization.ts';
import { AwsError } from './aws-error.ts';
import { contextOf } from './kms/ask.ts';
import type { EncryptionContext } from './kms/ciphertext.ts';
import type { Key } from './kms/key-store.ts';
import type { World } from './world.ts';

export interface KeyUse {
  readonly key: Key;
  /** `Decrypt`, `GenerateDataKey` */
  readonly action: string;
  readonly encryptionContext: EncryptionContext;
  /** The service that uses the key for the caller: `secretsmanager`. */
  readonly service: string;
}

/** The key, when it can be used at all. @throws AwsError KMSDisabled */
export const enabled = (key: Key): Key => {
  if (key.state === 'Enabled') return key;
  throw new AwsError('KMSDisabled', `The KMS key ${key.arn} is ${key.state}.`);
};

/**
 * May a service use a customer's key for the caller: the key policy and the caller's policies must both have it so, under
 * `kms:ViaService` and the service's encryption context.
 * Source: https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 */
export const keyUseQuestion = ({ key, action, encryptionContext, service }: KeyUse, world: World): Question => {
  const via = `${service}.${world.region}.amazonaws.com`;
  return {
    action: `kms:${action}`,
    resource: key.arn,
    policy: { name: `key policy of ${key.id}`, document: key.policy },
    via,
    context: {
      ...contextOf(key, world, encryptionContext),
      'kms:ViaService': via,
      'kms:EncryptionAlgorithm': 'SYMMETRIC_DEFAULT',
    },
  };
};
