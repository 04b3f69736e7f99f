import { randomBytes } from 'node:crypto';
import type { TenantId, TokenId } from '../../lambdas/kernel/id.ts';
import { idLengths } from '../../lambdas/kernel/id-kinds.ts';
import { toBase62 } from '../../lambdas/model/base62.ts';
import { formatToken, secretOf } from '../../lambdas/model/token-format.ts';
import type { Ground } from './ground.ts';

interface Guess {
  readonly from: string;
  /** Whose token is guessed; an invented tenant's when absent. */
  readonly tenant?: string;
}

const atOnce = 6;

/** A token with the right checksum and an invented secret: what a guesser who has read our documents sends. */
const invented = (tenant: string | undefined): string =>
  formatToken(
    (tenant ?? `ten_${toBase62(randomBytes(8), idLengths.ten)}`) as TenantId,
    `tok_${toBase62(randomBytes(11), idLengths.tok)}` as TokenId,
    secretOf(randomBytes(32)),
  );

/** Sends so many guesses and says how many were refused with 401. */
export const guesses = async (ground: Ground, count: number, guessOf: (n: number) => Guess): Promise<number> => {
  let refused = 0;
  const one = async (n: number): Promise<void> => {
    const { from, tenant } = guessOf(n);
    const { status } = await ground.ask('GET', '/v1/me', { token: invented(tenant), from });
    if (status === 401) refused += 1;
  };
  for (let n = 0; n < count; n += atOnce)
    await Promise.all(Array.from({ length: Math.min(atOnce, count - n) }, (_, k) => one(n + k)));
  return refused;
};
