import type { Question } from '../authorization.ts';
import { AwsError } from '../aws-error.ts';
import type { Key } from '../kms/key-store.ts';
import type { World } from '../world.ts';
import type { Table } from './table.ts';

/**
 * DynamoDB decrypts the table's key on the caller's behalf: key policy and caller's policies must both have it so.
 * Source: DynamoDB Developer Guide, "DynamoDB encryption at rest usage notes", "Authorizing use of your AWS KMS key".
 */
export const tableKeyQuestion = (table: Table, key: Key, world: World): Question => {
  if (key.state !== 'Enabled')
    throw new AwsError('AccessDeniedException', `The KMS key ${key.arn} of table ${table.name} is ${key.state}.`);
  return {
    action: 'kms:Decrypt',
    resource: key.arn,
    policy: { name: `key policy of ${key.id}`, document: key.policy },
    via: `dynamodb.${world.region}.amazonaws.com`,
    context: {
      'kms:ViaService': `dynamodb.${world.region}.amazonaws.com`,
      'kms:CallerAccount': world.account,
      'kms:KeySpec': key.spec,
      'kms:KeyUsage': key.usage,
      'kms:EncryptionContext:aws:dynamodb:tableName': table.name,
      'kms:EncryptionContext:aws:dynamodb:subscriberId': world.account,
      'kms:EncryptionContextKeys': ['aws:dynamodb:tableName', 'aws:dynamodb:subscriberId'],
    },
  };
};
