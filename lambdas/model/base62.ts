export const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Fixed-width base62 of an unsigned number given as bytes. */
export const toBase62 = (bytes: Uint8Array, width: number): string => {
  let value = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  let word = '';
  for (let at = 0; at < width; at += 1) {
    word = `${base62[Number(value % 62n)]}${word}`;
    value /= 62n;
  }
  if (value > 0n) throw new Error(`${bytes.length} bytes do not fit in ${width} base62 characters.`);
  return word;
};
