import { randomBytes } from 'node:crypto';
import { AwsError, invalid } from '../aws-error.ts';
import { type Fields, optionalText, text } from '../fields.ts';
import { ask, contextOf, found, type Operation, usable } from './ask.ts';
import { keyIdOf, openBlob, sealBlob } from './ciphertext.ts';
import { blob, dataKeyBytes, encryptionContext } from './input.ts';
import type { Key, KeyStore } from './key-store.ts';

const symmetric = 'SYMMETRIC_DEFAULT';
const plaintextBytesMax = 4096;

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

export const encrypt: Operation = (call, room) => {
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

/** A dry run may ask about a key without a ciphertext.
 *  Source: https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html, DryRunModifiers */
const isWithoutCiphertext = ({ DryRun, DryRunModifiers }: Fields): boolean =>
  DryRun === true && Array.isArray(DryRunModifiers) && DryRunModifiers.includes('IGNORE_CIPHERTEXT');

export const decrypt: Operation = (call, room) => {
  const { input } = call;
  const named = optionalText(input, 'KeyId');
  const sealed = isWithoutCiphertext(input) ? Buffer.alloc(0) : blob(input, 'CiphertextBlob');
  const key = isWithoutCiphertext(input) ? found(room.keys, text(input, 'KeyId')) : keyOfBlob(sealed, room.keys);
  const context = encryptionContext(input);
  onlySymmetric(input, 'EncryptionAlgorithm');
  ask(call, 'Decrypt', key, { ...contextOf(key, room.world, context), 'kms:EncryptionAlgorithm': symmetric }, named);
  return () => {
    mustBe(key, named, room.keys);
    const plaintext = openBlob(sealed, secretOf(key), context);
    return { KeyId: key.arn, Plaintext: plaintext.toString('base64'), EncryptionAlgorithm: symmetric };
  };
};

export const dataKey =
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

export const reEncrypt: Operation = (call, room) => {
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
