import { createHash } from 'node:crypto';
import { AwsError } from '../aws-error.ts';

/** CRCs as S3 has them: reflected, the register and the result inverted. */
const crc32Of = (polynomial: number) => {
  const table = Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1;
    return value;
  });
  return (bytes: Uint8Array): string => {
    let value = 0xffffffff;
    for (const byte of bytes) value = (value >>> 8) ^ (table[(value ^ byte) & 0xff] ?? 0);
    const result = Buffer.alloc(4);
    result.writeUInt32BE((value ^ 0xffffffff) >>> 0);
    return result.toString('base64');
  };
};

const hashed = (algorithm: string) => (bytes: Uint8Array) => createHash(algorithm).update(bytes).digest('base64');

/** Header → how it is computed. CRC64NVME is not built. */
const algorithms: Readonly<Record<string, (bytes: Uint8Array) => string>> = {
  'x-amz-checksum-crc32': crc32Of(0xedb88320),
  'x-amz-checksum-crc32c': crc32Of(0x82f63b78),
  'x-amz-checksum-sha1': hashed('sha1'),
  'x-amz-checksum-sha256': hashed('sha256'),
};

/**
 * The checksums that a client gave with an object, each compared with its bytes.
 * Throws BadDigest for one that is not theirs.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
 */
export const givenChecksums = (
  headers: Readonly<Record<string, string>>,
  body: Uint8Array,
): Readonly<Record<string, string>> => {
  const md5 = headers['content-md5'];
  if (md5 !== undefined && md5 !== hashed('md5')(body))
    throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  const given = Object.entries(headers).filter(
    ([name]) => name.startsWith('x-amz-checksum-') && !['x-amz-checksum-mode', 'x-amz-checksum-type'].includes(name),
  );
  for (const [name, value] of given) {
    const compute = algorithms[name];
    if (!compute) throw new AwsError('NotImplemented', `The local S3 does not have ${name}.`, 501);
    if (compute(body) !== value)
      throw new AwsError('BadDigest', `The value of ${name} did not match the checksum of what we received.`);
  }
  return Object.fromEntries(given);
};
