import {
  effectivePermissions,
  isPermission,
  lesserRole,
  type Permission,
  type Role,
  roles,
} from '../kernel/permissions.ts';
import type { Item } from '../kernel/session.ts';
import type { TokenParts } from './token-format.ts';

/** The three items that decide whether a credential stands, each possibly missing. */
export interface CredentialItems {
  readonly token: Item | undefined;
  readonly user: Item | undefined;
  readonly status: Item | undefined;
}

/** Where they are: collection and key. The authorizer reads them in one call, `serve` again on sensitive routes. */
export const credentialKeys = ({ credential, user }: Pick<TokenParts, 'credential' | 'user'>) =>
  ({
    token: { collection: 'tokens', key: credential },
    user: { collection: 'users', key: user },
    status: { collection: 'status', key: 'status' },
  }) as const;

/** What a credential may do at this moment, or why nothing. */
export type Standing =
  | { readonly stands: true; readonly role: Role; readonly permissions: readonly Permission[] }
  | {
      readonly stands: false;
      readonly reason: 'unknown' | 'revoked' | 'expired' | 'user-disabled' | 'tenant-suspended';
    };

const isRole = (word: unknown): word is Role => (roles as readonly unknown[]).includes(word);

/**
 * Decides from the items alone, and from the time: TTL deletes late, so expiry is checked here. What is missing or not
 * understood does not stand. Suspension comes last, so that only holders of a good credential learn of it.
 */
export const standingOf = ({ token, user, status }: CredentialItems, nowMs: number): Standing => {
  if (!token || !status || !isRole(token.role)) return { stands: false, reason: 'unknown' };
  if (token.revokedAt !== undefined) return { stands: false, reason: 'revoked' };
  const validUntil = Date.parse(String(token.validUntil));
  if (!(nowMs < validUntil)) return { stands: false, reason: 'expired' };
  if (user?.state !== 'active' || !isRole(user.role)) return { stands: false, reason: 'user-disabled' };
  // Absent scopes are all of the role's; scopes in another form must not become that.
  if (token.scopes !== undefined && !Array.isArray(token.scopes)) return { stands: false, reason: 'unknown' };
  if (status.state !== 'active') return { stands: false, reason: 'tenant-suspended' };
  const scopes = token.scopes?.map(String).filter(isPermission);
  return {
    stands: true,
    role: lesserRole(token.role, user.role),
    permissions: effectivePermissions(token.role, user.role, scopes),
  };
};
