import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AwsError } from '../aws-error.ts';

export type EncryptionContext = Readonly<Record<string, string>>;

const version = 1;
const headerBytes = 1 + 16;
const ivBytes = 12;
const tagBytes = 16;

/** Sorted pairs, each length-prefixed by JSON: two contexts give one text only when they are the same, case included. */
const canonical = (context: EncryptionContext): Buffer =>
  Buffer.from(JSON.stringify(Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1))));

const associated = (header: Buffer, context: EncryptionContext): Buffer => Buffer.concat([header, canonical(context)]);

/** Opaque to callers, as AWS's blob is: version, key id, IV, AES-256-GCM under the encryption context, tag. */
export const sealBlob = (keyId: string, material: Buffer, plaintext: Buffer, context: EncryptionContext): Buffer => {
  const header = Buffer.concat([Buffer.of(version), Buffer.from(keyId.replaceAll('-', ''), 'hex')]);
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', material, iv, { authTagLength: tagBytes });
  cipher.setAAD(associated(header, context));
  return Buffer.concat([header, iv, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
};

const invalidCiphertext = (): AwsError => new AwsError('InvalidCiphertextException', '');

/** The key that a blob names: to be authorized before anything is opened. */
export const keyIdOf = (blob: Buffer): string => {
  if (blob.length < headerBytes + ivBytes + tagBytes || blob[0] !== version) throw invalidCiphertext();
  return blob.toString('hex', 1, headerBytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

/** Throws InvalidCiphertextException for an altered blob or another context, without saying which. */
export const openBlob = (blob: Buffer, material: Buffer, context: EncryptionContext): Buffer => {
  const body = blob.subarray(headerBytes + ivBytes, -tagBytes);
  const decipher = createDecipheriv('aes-256-gcm', material, blob.subarray(headerBytes, headerBytes + ivBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(associated(blob.subarray(0, headerBytes), context));
  decipher.setAuthTag(blob.subarray(-tagBytes));
  try {
    return Buffer.concat([decipher.update(body), decipher.final()]);
  } catch {
    throw invalidCiphertext();
  }
};
