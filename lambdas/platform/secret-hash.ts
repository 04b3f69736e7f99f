import bcrypt from 'bcrypt';

/** bcrypt reads no further than this, silently: longer input would make two secrets equal. */
const bytesMax = 72;

/**
 * Salted bcrypt hash of a secret of at most 72 bytes; a token's secret has 43. Takes 70 ms at cost 10.
 * Source: https://www.usenix.org/legacy/events/usenix99/provos/provos.pdf
 */
export const hashSecret = (secret: string, cost: number): Promise<string> => {
  if (Buffer.byteLength(secret) > bytesMax) throw new Error(`A secret is at most ${bytesMax} bytes.`);
  return bcrypt.hash(secret, cost);
};

/** Whether a secret is the one behind a hash. Takes the time of the hash's cost, whatever the answer. */
export const isSecret = async (secret: string, hash: string): Promise<boolean> =>
  Buffer.byteLength(secret) <= bytesMax && bcrypt.compare(secret, hash);

/** A hash that no secret matches, of the same cost as real ones: unknown credentials do the same work. */
export const hashOfNobody = (cost: number): string => `$2b$${String(cost).padStart(2, '0')}$${'.'.repeat(53)}`;
