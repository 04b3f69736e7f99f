import { AwsError } from '../aws-error.ts';
import { type Fields, optionalNumber, text } from '../fields.ts';
import type { ServiceCall } from '../service.ts';
import type { World } from '../world.ts';
import { ask, contextOf, found, type Operation } from './ask.ts';
import type { Key, KeyState } from './key-store.ts';

const metadata = (key: Key, world: World): Fields => ({
  AWSAccountId: world.account,
  KeyId: key.id,
  Arn: key.arn,
  CreationDate: key.createdAt / 1000,
  Enabled: key.state === 'Enabled',
  Description: key.description,
  KeyUsage: key.usage,
  KeyState: key.state,
  Origin: 'AWS_KMS',
  KeyManager: 'CUSTOMER',
  KeySpec: key.spec,
  CustomerMasterKeySpec: key.spec,
  MultiRegion: false,
  ...(key.usage === 'SIGN_VERIFY'
    ? { SigningAlgorithms: ['ECDSA_SHA_256'] }
    : { EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'] }),
});

export const describeKey: Operation = (call, room) => {
  const key = found(room.keys, text(call.input, 'KeyId'));
  ask(call, 'DescribeKey', key, contextOf(key, room.world, {}), text(call.input, 'KeyId'));
  return () => ({ KeyMetadata: metadata(key, room.world) });
};

const daysMs = 24 * 3600 * 1000;

/** EnableKey and its kin: from which states they lead where. */
export const stateChange =
  (
    action: string,
    from: readonly KeyState[],
    to: KeyState,
    answer: (key: Key, call: ServiceCall, world: World) => Fields,
  ): Operation =>
  (call, room) => {
    const key = found(room.keys, text(call.input, 'KeyId'));
    ask(call, action, key, contextOf(key, room.world, {}));
    return () => {
      if (!from.includes(key.state)) throw new AwsError('KMSInvalidStateException', `${key.arn} is ${key.state}.`);
      return answer(room.keys.setState(key, to), call, room.world);
    };
  };

export const deletion = (key: Key, { input }: ServiceCall, world: World): Fields => {
  const days = optionalNumber(input, 'PendingWindowInDays') ?? 30;
  return {
    KeyId: key.arn,
    KeyState: key.state,
    PendingWindowInDays: days,
    DeletionDate: (world.clock.now() + days * daysMs) / 1000,
  };
};
