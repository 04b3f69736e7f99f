import { createPublicKey, sign, verify } from 'node:crypto';
import { AwsError, invalid } from '../aws-error.ts';
import { type Fields, optionalText, text } from '../fields.ts';
import { blob } from './input.ts';
import type { Key } from './key-store.ts';
import { fromDer, signDigest, toDer, verifyDigest } from './p256.ts';

const algorithm = 'ECDSA_SHA_256';
const messageBytesMax = 4096;

export interface MessageToSign {
  readonly bytes: Buffer;
  readonly type: 'RAW' | 'DIGEST';
}

/** The message of Sign and Verify, RAW up to 4096 bytes or a digest of 32. */
export const messageOf = (input: Fields): MessageToSign => {
  const type = optionalText(input, 'MessageType') ?? 'RAW';
  if (type !== 'RAW' && type !== 'DIGEST') throw invalid(`MessageType must be RAW or DIGEST, not ${type}`);
  const asked = text(input, 'SigningAlgorithm');
  if (asked !== algorithm)
    throw new AwsError('InvalidKeyUsageException', `Algorithm ${asked} is incompatible with key spec ECC_NIST_P256.`);
  const bytes = blob(input, 'Message');
  if (type === 'DIGEST' && bytes.length !== 32) throw invalid('Digest is invalid length for algorithm ECDSA_SHA_256.');
  if (bytes.length === 0 || bytes.length > messageBytesMax) throw invalid('Message must have 1 to 4096 bytes.');
  return { bytes, type };
};

const privateKey = ({ material }: Key) => {
  if (Buffer.isBuffer(material)) throw new AwsError('InvalidKeyUsageException', 'The key is not for SIGN_VERIFY.');
  return material;
};

/** A DER signature, as KMS answers it. */
export const signMessage = (key: Key, { bytes, type }: MessageToSign): Buffer =>
  type === 'RAW' ? sign('sha256', bytes, privateKey(key)) : toDer(signDigest(privateKey(key), bytes));

export const isSigned = (key: Key, { bytes, type }: MessageToSign, signature: Buffer): boolean => {
  const publicKey = createPublicKey(privateKey(key));
  if (type === 'RAW') return verify('sha256', bytes, publicKey, signature);
  const parsed = fromDer(signature);
  return parsed !== undefined && verifyDigest(publicKey, bytes, parsed);
};

/** SubjectPublicKeyInfo, DER. */
export const publicKeyOf = (key: Key): Buffer =>
  createPublicKey(privateKey(key)).export({ format: 'der', type: 'spki' });
