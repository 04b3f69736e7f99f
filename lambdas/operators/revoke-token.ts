import { Failure } from '../kernel/errors.ts';
import type { TenantId, TokenId } from '../kernel/id.ts';
import { type Position, putIf, type TenantSession } from '../kernel/session.ts';
import type { TokenView } from '../model/token.ts';
import { parseTokenItem, revoked, type Token, tokenItem, viewOf } from '../model/token-item.ts';
import { clock } from '../platform/clock.ts';
import { Refused } from '../platform/commit.ts';
import { type CommittingSession, openSession } from '../platform/tenant-session.ts';
import type { CommandOf } from './commands.ts';
import { type Operator, operatorAudit } from './operator.ts';
import { findRegistration } from './registry.ts';

export interface Revocation {
  readonly slug: string;
  readonly tenant: TenantId;
  readonly token: TokenView;
  /** It was revoked before, by whomever: this command changed nothing. */
  readonly wasRevoked: boolean;
  /** Active tokens that were issued with it: whoever stole it may hold these too. */
  readonly issuedWithIt: readonly TokenId[];
  /** Whether the tenant has an active owner's token left that can issue others. */
  readonly ownerLeft: boolean;
}

const found = async (session: TenantSession, id: TokenId): Promise<Token> => {
  const item = await session.get('tokens', id);
  if (!item) throw new Failure('token-not-found');
  return parseTokenItem(item);
};

/** Revokes it unless it is revoked already. Resolves to whether it did. */
const revokedNow = async (
  session: CommittingSession,
  operator: Operator,
  { tokenId, reason }: CommandOf<'revoke-token'>,
): Promise<boolean> => {
  const token = await found(session, tokenId);
  if (token.revokedAt) return false;
  try {
    await session.commit([
      putIf('tokens', tokenId, tokenItem(revoked(token, clock.now())), { version: token.version }, 'version-mismatch'),
      operatorAudit(operator, 'token.revoked', tokenId, { name: token.name, reason }),
    ]);
    return true;
  } catch (error) {
    // The tenant, or another operator, was quicker: what was asked for is done, and told of by them.
    if (error instanceof Refused && (await found(session, tokenId)).revokedAt) return false;
    throw error;
  }
};

const activeTokens = async (session: TenantSession): Promise<readonly TokenView[]> => {
  const views: TokenView[] = [];
  let after: Position | undefined;
  do {
    const page = await session.list('tokens', { prefix: 'tok_', limit: 100, ...(after && { after }) });
    views.push(...page.items.map((item) => viewOf(parseTokenItem(item), clock.now())));
    after = page.next;
  } while (after);
  return views.filter(({ state }) => state === 'active');
};

const canIssueForOwners = ({ role, scopes }: TokenView): boolean =>
  role === 'owner' && (scopes?.includes('tokens:issue') ?? true);

/**
 * Revokes one token of a tenant, whatever its role and whatever the tenant's state; the last owner's too. Sensitive
 * routes refuse it at once, others within the revoke-to-deny bound. Repeating it changes nothing and writes no second
 * audit event. What is left is read after the change, so that of two commands at once the last one sees both.
 * @throws Failure `tenant-not-found`; `token-not-found`, for another tenant's token too
 */
export const revokeToken = async (command: CommandOf<'revoke-token'>, operator: Operator): Promise<Revocation> => {
  const registration = await findRegistration(command.slug);
  if (!registration) throw new Failure('tenant-not-found');
  const session = openSession(registration.tenant);
  const isRevokedNow = await revokedNow(session, operator, command);
  const token = viewOf(await found(session, command.tokenId), clock.now());
  const active = await activeTokens(session);
  return {
    slug: registration.slug,
    tenant: registration.tenant,
    token,
    wasRevoked: !isRevokedNow,
    issuedWithIt: active.filter(({ issuedBy }) => issuedBy === token.id).map(({ id }) => id),
    ownerLeft: active.some(canIssueForOwners),
  };
};
