import * as z from 'zod';
import { TenantId, TokenId, UserId } from '../kernel/id.ts';
import { Instant } from '../kernel/instant.ts';
import { permissions } from '../kernel/permissions.ts';
import { RoleWord } from './token.ts';
import { Line } from './words.ts';

export const TenantName = Line(120);

/** What a tenant may see of itself. */
export const TenantView = z
  .strictObject({
    id: TenantId,
    name: TenantName,
    state: z.enum(['active', 'suspended']),
    createdAt: Instant,
  })
  .meta({ id: 'Tenant' });
export type TenantView = z.output<typeof TenantView>;

/** Who the caller is and what its token may do. */
export const Me = z
  .strictObject({
    tenant: TenantId,
    user: UserId,
    token: TokenId,
    role: RoleWord,
    permissions: z.array(z.enum(permissions)).max(permissions.length),
  })
  .meta({ id: 'Me' });
