import type { Operation } from './ask.ts';
import { dataKey, decrypt, encrypt, reEncrypt } from './encryption.ts';
import { deletion, describeKey, stateChange } from './key-states.ts';
import { getPublicKey, sign, verify } from './signing.ts';

/** The operations of KMS that the twin has, by name. */
export const operations: Readonly<Record<string, Operation>> = {
  Encrypt: encrypt,
  Decrypt: decrypt,
  GenerateDataKey: dataKey('GenerateDataKey', true),
  GenerateDataKeyWithoutPlaintext: dataKey('GenerateDataKeyWithoutPlaintext', false),
  ReEncrypt: reEncrypt,
  Sign: sign,
  Verify: verify,
  GetPublicKey: getPublicKey,
  DescribeKey: describeKey,
  EnableKey: stateChange('EnableKey', ['Enabled', 'Disabled'], 'Enabled', () => ({})),
  DisableKey: stateChange('DisableKey', ['Enabled', 'Disabled'], 'Disabled', () => ({})),
  ScheduleKeyDeletion: stateChange('ScheduleKeyDeletion', ['Enabled', 'Disabled'], 'PendingDeletion', deletion),
  CancelKeyDeletion: stateChange('CancelKeyDeletion', ['PendingDeletion'], 'Disabled', (key) => ({ KeyId: key.arn })),
};
