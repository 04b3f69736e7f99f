import { AwsError } from '../aws-error.ts';
import { optionalText, text } from '../fields.ts';
import type { ServiceCall } from '../service.ts';
import { ask, contextOf, found, type Operation, type Room, usable } from './ask.ts';
import { blob } from './input.ts';
import type { Key } from './key-store.ts';
import { isSigned, messageOf, publicKeyOf, signMessage } from './signatures.ts';

/** Sign and Verify see the algorithm and the message type as condition keys. */
const signing = (action: string, call: ServiceCall, room: Room): Key => {
  const { input } = call;
  const key = found(room.keys, text(input, 'KeyId'));
  const asked = {
    'kms:SigningAlgorithm': text(input, 'SigningAlgorithm'),
    'kms:MessageType': optionalText(input, 'MessageType') ?? 'RAW',
  };
  ask(call, action, key, { ...contextOf(key, room.world, {}), ...asked }, text(input, 'KeyId'));
  return key;
};

export const sign: Operation = (call, room) => {
  const key = signing('Sign', call, room);
  return () => {
    usable(key, 'SIGN_VERIFY');
    const signature = signMessage(key, messageOf(call.input));
    return { KeyId: key.arn, Signature: signature.toString('base64'), SigningAlgorithm: 'ECDSA_SHA_256' };
  };
};

export const verify: Operation = (call, room) => {
  const key = signing('Verify', call, room);
  return () => {
    usable(key, 'SIGN_VERIFY');
    if (!isSigned(key, messageOf(call.input), blob(call.input, 'Signature')))
      throw new AwsError('KMSInvalidSignatureException', '');
    return { KeyId: key.arn, SignatureValid: true, SigningAlgorithm: 'ECDSA_SHA_256' };
  };
};

export const getPublicKey: Operation = (call, room) => {
  const key = found(room.keys, text(call.input, 'KeyId'));
  ask(call, 'GetPublicKey', key, contextOf(key, room.world, {}), text(call.input, 'KeyId'));
  return () => ({
    KeyId: key.arn,
    PublicKey: publicKeyOf(usable(key, 'SIGN_VERIFY')).toString('base64'),
    KeySpec: key.spec,
    CustomerMasterKeySpec: key.spec,
    KeyUsage: key.usage,
    SigningAlgorithms: ['ECDSA_SHA_256'],
  });
};
