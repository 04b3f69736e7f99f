import { randomBytes } from 'node:crypto';
import type { RequestContext } from '../../types.ts';
import { AwsError, invalid } from '../aws-error.ts';
import { type Fields, optionalNumber, optionalText, text } from '../fields.ts';
import type { ServiceCall } from '../service.ts';
import type { World } from '../world.ts';
import { type EncryptionContext, keyIdOf, openBlob, sealBlob } from './ciphertext.ts';
import { blob, dataKeyBytes, encryptionContext } from './input.ts';
import type { Key, KeyState, KeyStore, KeyUsage } from './key-store.ts';
import { isSigned, messageOf, publicKeyOf, signMessage } from './signatures.ts';

interface Room {
  readonly keys: KeyStore;
  readonly world: World;
}

/** Authorizes, does nothing else, and returns the work. */
type Operation = (call: ServiceCall, room: Room) => () => Fields;

const symmetric = 'SYMMETRIC_DEFAULT';
const plaintextBytesMax = 4096;

const found = (keys: KeyStore, name: string): Key => {
  const key = keys.find(name);
  if (key === undefined) throw new AwsError('NotFoundException', `Key '${name}' does not exist`);
  return key;
};

/** Condition keys of KMS, from the key and from the encryption context (AWS KMS Developer Guide, "Condition keys"). */
const contextOf = (key: Key, world: World, context: EncryptionContext): RequestContext => ({
  'kms:CallerAccount': world.account,
  'kms:KeySpec': key.spec,
  'kms:KeyUsage': key.usage,
  'kms:KeyOrigin': 'AWS_KMS',
  ...Object.fromEntries(Object.entries(context).map(([name, value]) => [`kms:EncryptionContext:${name}`, value])),
  ...(Object.keys(context).length > 0 ? { 'kms:EncryptionContextKeys': Object.keys(context) } : {}),
});

/** Asks whether the caller may do this with the key; the alias they named it by is a condition key too. */
const ask = (call: ServiceCall, action: string, key: Key, more: RequestContext, named?: string): void => {
  const alias = named?.slice(named.indexOf('alias/'));
  const byAlias = alias?.startsWith('alias/') ? { 'kms:RequestAlias': alias } : {};
  const policy = { name: `key policy of ${key.id}`, document: key.policy };
  call.gate({ action: `kms:${action}`, resource: key.arn, policy, context: { ...more, ...byAlias } });
};

const usable = (key: Key, usage: KeyUsage): Key => {
  if (key.state === 'Disabled') throw new AwsError('DisabledException', `${key.arn} is disabled.`);
  if (key.state !== 'Enabled') throw new AwsError('KMSInvalidStateException', `${key.arn} is pending deletion.`);
  if (key.usage !== usage)
    throw new AwsError(
      'InvalidKeyUsageException',
      `${key.arn} key usage is ${key.usage} which is not valid for this operation.`,
    );
  return key;
};

const secretOf = (key: Key): Buffer => {
  const { material } = usable(key, 'ENCRYPT_DECRYPT');
  if (!Buffer.isBuffer(material)) throw new AwsError('InvalidKeyUsageException', `${key.arn} is not symmetric.`);
  return material;
};

const onlySymmetric = (input: Fields, field: string): void => {
  const algorithm = optionalText(input, field);
  if (algorithm !== undefined && algorithm !== symmetric)
    throw new AwsError('InvalidKeyUsageException', `${algorithm} is not built: expected ${symmetric}.`);
};

const encrypt: Operation = (call, room) => {
  const { input } = call;
  const key = found(room.keys, text(input, 'KeyId'));
  const context = encryptionContext(input);
  onlySymmetric(input, 'EncryptionAlgorithm');
  ask(
    call,
    'Encrypt',
    key,
    { ...contextOf(key, room.world, context), 'kms:EncryptionAlgorithm': symmetric },
    text(input, 'KeyId'),
  );
  return () => {
    const plaintext = blob(input, 'Plaintext');
    if (plaintext.length === 0 || plaintext.length > plaintextBytesMax)
      throw invalid('Plaintext must have 1 to 4096 bytes.');
    const sealed = sealBlob(key.id, secretOf(key), plaintext, context);
    return { CiphertextBlob: sealed.toString('base64'), KeyId: key.arn, EncryptionAlgorithm: symmetric };
  };
};

/** The key that a blob names; one that is not ours is answered like an altered blob. */
const keyOfBlob = (sealed: Buffer, keys: KeyStore): Key => {
  const key = keys.find(keyIdOf(sealed));
  if (key === undefined) throw new AwsError('InvalidCiphertextException', '');
  return key;
};

const mustBe = (key: Key, named: string | undefined, keys: KeyStore): void => {
  if (named !== undefined && found(keys, named).id !== key.id)
    throw new AwsError(
      'IncorrectKeyException',
      'The key ID in the request does not identify a CMK that can perform this operation.',
    );
};

const decrypt: Operation = (call, room) => {
  const { input } = call;
  const sealed = blob(input, 'CiphertextBlob');
  const key = keyOfBlob(sealed, room.keys);
  const context = encryptionContext(input);
  const named = optionalText(input, 'KeyId');
  onlySymmetric(input, 'EncryptionAlgorithm');
  ask(call, 'Decrypt', key, { ...contextOf(key, room.world, context), 'kms:EncryptionAlgorithm': symmetric }, named);
  return () => {
    mustBe(key, named, room.keys);
    const plaintext = openBlob(sealed, secretOf(key), context);
    return { KeyId: key.arn, Plaintext: plaintext.toString('base64'), EncryptionAlgorithm: symmetric };
  };
};

const dataKey =
  (action: string, withPlaintext: boolean): Operation =>
  (call, room) => {
    const { input } = call;
    const key = found(room.keys, text(input, 'KeyId'));
    const context = encryptionContext(input);
    ask(
      call,
      action,
      key,
      { ...contextOf(key, room.world, context), 'kms:EncryptionAlgorithm': symmetric },
      text(input, 'KeyId'),
    );
    return () => {
      const plaintext = randomBytes(dataKeyBytes(input));
      const sealed = sealBlob(key.id, secretOf(key), plaintext, context);
      const shown = withPlaintext ? { Plaintext: plaintext.toString('base64') } : {};
      return { CiphertextBlob: sealed.toString('base64'), KeyId: key.arn, ...shown };
    };
  };

const reEncrypt: Operation = (call, room) => {
  const { input } = call;
  const sealed = blob(input, 'CiphertextBlob');
  const source = keyOfBlob(sealed, room.keys);
  const target = found(room.keys, text(input, 'DestinationKeyId'));
  const [from, to] = [
    encryptionContext(input, 'SourceEncryptionContext'),
    encryptionContext(input, 'DestinationEncryptionContext'),
  ];
  const same = { 'kms:ReEncryptOnSameKey': String(source.id === target.id) };
  ask(
    call,
    'ReEncryptFrom',
    source,
    { ...contextOf(source, room.world, from), ...same },
    optionalText(input, 'SourceKeyId'),
  );
  ask(call, 'ReEncryptTo', target, { ...contextOf(target, room.world, to), ...same }, text(input, 'DestinationKeyId'));
  return () => {
    mustBe(source, optionalText(input, 'SourceKeyId'), room.keys);
    const plaintext = openBlob(sealed, secretOf(source), from);
    const resealed = sealBlob(target.id, secretOf(target), plaintext, to);
    return {
      CiphertextBlob: resealed.toString('base64'),
      SourceKeyId: source.arn,
      KeyId: target.arn,
      SourceEncryptionAlgorithm: symmetric,
      DestinationEncryptionAlgorithm: symmetric,
    };
  };
};

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

const signOperation: Operation = (call, room) => {
  const key = signing('Sign', call, room);
  return () => {
    usable(key, 'SIGN_VERIFY');
    const signature = signMessage(key, messageOf(call.input));
    return { KeyId: key.arn, Signature: signature.toString('base64'), SigningAlgorithm: 'ECDSA_SHA_256' };
  };
};

const verifyOperation: Operation = (call, room) => {
  const key = signing('Verify', call, room);
  return () => {
    usable(key, 'SIGN_VERIFY');
    if (!isSigned(key, messageOf(call.input), blob(call.input, 'Signature')))
      throw new AwsError('KMSInvalidSignatureException', '');
    return { KeyId: key.arn, SignatureValid: true, SigningAlgorithm: 'ECDSA_SHA_256' };
  };
};

const getPublicKey: Operation = (call, room) => {
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
  ...(key.usage === 'SIGN_VERIFY' ? { SigningAlgorithms: ['ECDSA_SHA_256'] } : { EncryptionAlgorithms: [symmetric] }),
});

const describeKey: Operation = (call, room) => {
  const key = found(room.keys, text(call.input, 'KeyId'));
  ask(call, 'DescribeKey', key, contextOf(key, room.world, {}), text(call.input, 'KeyId'));
  return () => ({ KeyMetadata: metadata(key, room.world) });
};

const daysMs = 24 * 3600 * 1000;

/** EnableKey and its kin: from which states they lead where. */
const stateChange =
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

const deletion = (key: Key, { input }: ServiceCall, world: World): Fields => {
  const days = optionalNumber(input, 'PendingWindowInDays') ?? 30;
  return {
    KeyId: key.arn,
    KeyState: key.state,
    PendingWindowInDays: days,
    DeletionDate: (world.clock.now() + days * daysMs) / 1000,
  };
};

/** The operations of KMS that the twin has, by name. */
export const operations: Readonly<Record<string, Operation>> = {
  Encrypt: encrypt,
  Decrypt: decrypt,
  GenerateDataKey: dataKey('GenerateDataKey', true),
  GenerateDataKeyWithoutPlaintext: dataKey('GenerateDataKeyWithoutPlaintext', false),
  ReEncrypt: reEncrypt,
  Sign: signOperation,
  Verify: verifyOperation,
  GetPublicKey: getPublicKey,
  DescribeKey: describeKey,
  EnableKey: stateChange('EnableKey', ['Enabled', 'Disabled'], 'Enabled', () => ({})),
  DisableKey: stateChange('DisableKey', ['Enabled', 'Disabled'], 'Disabled', () => ({})),
  ScheduleKeyDeletion: stateChange('ScheduleKeyDeletion', ['Enabled', 'Disabled'], 'PendingDeletion', deletion),
  CancelKeyDeletion: stateChange('CancelKeyDeletion', ['PendingDeletion'], 'Disabled', (key) => ({ KeyId: key.arn })),
};
