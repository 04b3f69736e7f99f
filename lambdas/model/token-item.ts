import * as z from 'zod';
import { TokenId, UserId } from '../kernel/id.ts';
import { permissions, roles } from '../kernel/permissions.ts';
import type { Item } from '../kernel/session.ts';
import { toIso } from '../kernel/use-case.ts';
import type { TokenView } from './token.ts';

/** A token as it is kept: the bcrypt hash of its secret, never the secret. */
const TokenItem = z.object({
  schema: z.literal(1),
  id: TokenId,
  name: z.string(),
  user: UserId,
  /** The token it was issued with: what else a stolen one has made. Absent on a tenant's first. */
  issuedBy: TokenId.optional(),
  role: z.enum(roles),
  scopes: z.array(z.enum(permissions)).optional(),
  hash: z.string(),
  createdAt: z.iso.datetime(),
  /** ISO time. `expiresAt` is the later time at which TTL removes the item. */
  validUntil: z.iso.datetime(),
  revokedAt: z.iso.datetime().optional(),
  lastUsedAt: z.iso.datetime().optional(),
  version: z.int().min(1),
});
export type Token = Omit<z.output<typeof TokenItem>, 'schema'>;

/** Dead tokens are kept this long, so that their use can be told from noise. */
const keptDays = 90;

export const tokenItem = (token: Token): Item => ({
  schema: 1,
  ...token,
  expiresAt: Math.floor(Date.parse(token.validUntil) / 1000) + keptDays * 86_400,
});

export const parseTokenItem = (item: Item): Token => {
  const { schema: _schema, ...token } = TokenItem.parse(item);
  return token;
};

export const revoked = (token: Token, nowMs: number): Token => ({
  ...token,
  revokedAt: toIso(nowMs),
  version: token.version + 1,
});

/** Good until then, or until its own end if that is sooner. */
export const endingAt = (token: Token, untilMs: number): Token => ({
  ...token,
  validUntil: toIso(Math.min(untilMs, Date.parse(token.validUntil))),
  version: token.version + 1,
});

/** What may be shown of a token. */
export const viewOf = (token: Token, nowMs: number): TokenView => {
  const { hash: _hash, validUntil, ...shown } = token;
  const state = token.revokedAt ? 'revoked' : nowMs < Date.parse(validUntil) ? 'active' : 'expired';
  return { ...shown, expiresAt: validUntil, state };
};
