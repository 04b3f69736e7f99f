import { invalid } from '../aws-error.ts';
import { type Fields, optionalText, text, textMap } from '../fields.ts';
import type { EncryptionContext } from './ciphertext.ts';

/** Binary fields travel in base64. */
export const blob = (input: Fields, name: string): Buffer => Buffer.from(text(input, name), 'base64');

/** The encryption context: at most 8192 characters as JSON, no empty keys or values. */
export const encryptionContext = (input: Fields, name = 'EncryptionContext'): EncryptionContext => {
  const context = textMap(input, name);
  if (JSON.stringify(context).length > 8192) throw invalid(`${name} is longer than 8192 characters.`);
  return context;
};

/** How many bytes a data key shall have: 16 or 32 by spec, or a number from 1 to 1024. */
export const dataKeyBytes = (input: Fields): number => {
  const spec = optionalText(input, 'KeySpec');
  const bytes = input.NumberOfBytes;
  if ((spec === undefined) === (bytes === undefined))
    throw invalid('Please specify either number of bytes or key spec.');
  if (spec !== undefined) {
    if (spec !== 'AES_256' && spec !== 'AES_128') throw invalid(`KeySpec must be AES_256 or AES_128, not ${spec}`);
    return spec === 'AES_256' ? 32 : 16;
  }
  if (typeof bytes !== 'number' || !Number.isInteger(bytes) || bytes < 1 || bytes > 1024)
    throw invalid('NumberOfBytes must be from 1 to 1024.');
  return bytes;
};
