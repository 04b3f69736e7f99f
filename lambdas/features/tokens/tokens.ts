import type { TokenId } from '../../kernel/id.ts';
import { type Position, putIf, putNew, type TenantSession, type Write } from '../../kernel/session.ts';
import { parseTokenItem, type Token, tokenItem } from '../../model/token-item.ts';

export interface Tokens {
  find(id: TokenId): Promise<Token | undefined>;
  list(limit: number, after?: Position): Promise<{ readonly tokens: readonly Token[]; readonly next?: Position }>;
  issued(token: Token): Write;
  replaced(token: Token, seenVersion: number): Write;
}

export const tokensOf = (session: TenantSession): Tokens => ({
  find: async (id) => {
    const item = await session.get('tokens', id);
    return item && parseTokenItem(item);
  },
  list: async (limit, after) => {
    const { items, next } = await session.list('tokens', { prefix: 'tok_', limit, ...(after && { after }) });
    return { tokens: items.map(parseTokenItem), ...(next && { next }) };
  },
  issued: (token) => putNew('tokens', token.id, tokenItem(token), 'unavailable'),
  replaced: (token, version) => putIf('tokens', token.id, tokenItem(token), { version }, 'version-mismatch'),
});
