import { randomBytes } from 'node:crypto';
import type { TenantId, TokenId } from '../../../lambdas/kernel/id.ts';
import { formatToken, parseToken, secretOf } from '../../../lambdas/model/token-format.ts';

/** What the authorizer's security event calls it; undefined where the gateway refuses without asking the authorizer. */
type Reason = 'malformed' | 'unknown' | 'wrong-secret' | undefined;

export interface BadCredential {
  readonly name: string;
  readonly reason: Reason;
  /** The Authorization header made from a token that is good; undefined sends none. */
  readonly header: (good: string, otherTenant: string) => string | undefined;
}

const remade = (good: string, part: Partial<Record<'tenant' | 'credential' | 'secret', string>>): string => {
  const parts = parseToken(good);
  if (!parts) throw new Error('That is no token.');
  const { tenant, credential, secret } = { ...parts, ...part };
  return `Bearer ${formatToken(tenant as TenantId, credential as TokenId, secret)}`;
};
const otherSecret = (): string => secretOf(randomBytes(32));
const flipped = (good: string, at: number): string =>
  `${good.slice(0, at)}${good[at] === 'A' ? 'B' : 'A'}${good.slice(at + 1)}`;

/** Everything that is not a good credential, and never was. */
export const badCredentials: readonly BadCredential[] = [
  { name: 'no credential', reason: undefined, header: () => undefined },
  { name: 'an empty header', reason: undefined, header: () => '' },
  { name: 'the word Bearer alone', reason: undefined, header: () => 'Bearer ' },
  { name: 'another scheme', reason: undefined, header: (good) => `Basic ${Buffer.from(good).toString('base64')}` },
  { name: 'a good token without a scheme', reason: undefined, header: (good) => good },
  { name: 'a token cut short', reason: undefined, header: (good) => `Bearer ${good.slice(0, -1)}` },
  { name: 'a token with more behind it', reason: undefined, header: (good) => `Bearer ${good}A` },
  { name: 'two tokens', reason: undefined, header: (good) => `Bearer ${good} ${good}` },
  { name: 'a JWT without signature', reason: undefined, header: () => 'Bearer eyJhbGciOiJub25lIn0.e30.' },
  { name: 'a wrong checksum', reason: 'malformed', header: (good) => `Bearer ${flipped(good, good.length - 1)}` },
  { name: 'a mistyped secret', reason: 'malformed', header: (good) => `Bearer ${flipped(good, 40)}` },
  {
    name: 'an unknown token',
    reason: 'unknown',
    header: (good) => remade(good, { credential: `tok_${'0'.repeat(16)}` }),
  },
  { name: 'an unknown tenant', reason: 'unknown', header: (good) => remade(good, { tenant: `ten_${'0'.repeat(12)}` }) },
  {
    name: 'a good token under another tenant’s id',
    reason: 'unknown',
    header: (good, tenant) => remade(good, { tenant }),
  },
  { name: 'a wrong secret', reason: 'wrong-secret', header: (good) => remade(good, { secret: otherSecret() }) },
];
