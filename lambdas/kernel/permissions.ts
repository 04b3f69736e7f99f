/** What a caller may do. A route names exactly one; a token's scopes are a subset of its issuer's. */
export const permissions = [
  'me:read',
  'tenant:read',
  'services:read',
  'services:write',
  'teams:read',
  'teams:write',
  'repositories:read',
  'repositories:write',
  'deploys:read',
  'deploys:write',
  'tokens:read',
  'tokens:issue',
  'tokens:revoke',
  'audit:read',
] as const;
export type Permission = (typeof permissions)[number];

/** From least to most. */
export const roles = ['viewer', 'member', 'admin', 'owner'] as const;
export type Role = (typeof roles)[number];

const viewer: readonly Permission[] = [
  'me:read',
  'tenant:read',
  'services:read',
  'teams:read',
  'repositories:read',
  'deploys:read',
];
const member: readonly Permission[] = [
  ...viewer,
  'services:write',
  'teams:write',
  'repositories:write',
  'deploys:write',
];
const admin: readonly Permission[] = [...member, 'tokens:read', 'tokens:issue', 'tokens:revoke', 'audit:read'];

export const permissionsOf: Readonly<Record<Role, readonly Permission[]>> = {
  viewer,
  member,
  admin,
  owner: permissions,
};

export const isPermission = (word: string): word is Permission => (permissions as readonly string[]).includes(word);

/** Whether a role stands above another. */
export const outranks = (role: Role, other: Role): boolean => roles.indexOf(role) > roles.indexOf(other);

/** The weaker of two roles: a token never outranks the user behind it, also after the user was demoted. */
export const lesserRole = (a: Role, b: Role): Role => (roles.indexOf(a) <= roles.indexOf(b) ? a : b);

/** What a token may do: its role, never above its user's, narrowed by its scopes. `me:read` is never taken away. */
export const effectivePermissions = (
  tokenRole: Role,
  userRole: Role,
  scopes: readonly Permission[] | undefined,
): readonly Permission[] =>
  permissionsOf[lesserRole(tokenRole, userRole)].filter(
    (permission) => permission === 'me:read' || scopes === undefined || scopes.includes(permission),
  );
