import * as z from 'zod';
import { TokenId, UserId } from '../kernel/id.ts';
import { Instant } from '../kernel/instant.ts';
import { permissions, roles } from '../kernel/permissions.ts';
import { Line } from './words.ts';

export const RoleWord = z.enum(roles).meta({ id: 'Role' });
export const Scopes = z
  .array(z.enum(permissions))
  .min(1)
  .max(permissions.length)
  .refine((scopes) => new Set(scopes).size === scopes.length, 'expected no scope twice')
  .meta({ uniqueItems: true });

/** What is asked for when a token is issued. */
export const TokenInput = z
  .strictObject({
    name: Line(80).meta({ description: 'What it is for: shown in lists and audit events', examples: ['ci'] }),
    role: RoleWord.optional().describe('At most the issuer’s; the issuer’s when absent'),
    scopes: Scopes.optional().describe('Narrows the role; everything the role may do when absent'),
    expiresInDays: z.int().min(1).max(366).default(90),
  })
  .meta({ id: 'TokenInput' });

/** What is asked for when a token is rotated. */
export const RotationInput = z
  .strictObject({
    overlapSeconds: z.int().min(0).max(604_800).default(86_400).describe('How long the old token stays good'),
    expiresInDays: z.int().min(1).max(366).default(90),
  })
  .meta({ id: 'RotationInput' });

/** An API token, without its secret. */
export const TokenView = z
  .strictObject({
    id: TokenId,
    name: z.string().max(80),
    user: UserId,
    issuedBy: TokenId.optional().describe('The token it was issued with'),
    role: RoleWord,
    scopes: z.array(z.enum(permissions)).max(permissions.length).optional(),
    state: z.enum(['active', 'expired', 'revoked']),
    createdAt: Instant,
    expiresAt: Instant,
    revokedAt: Instant.optional(),
    lastUsedAt: Instant.optional().describe('To the hour'),
    version: z.int().min(1),
  })
  .meta({ id: 'Token' });
export type TokenView = z.output<typeof TokenView>;

/** The answer that shows a new token, once. */
export const IssuedToken = z
  .strictObject({
    ...TokenView.shape,
    token: z.string().max(100).optional().describe('The token itself, in the first answer only. It is not kept.'),
  })
  .meta({ id: 'IssuedToken' });
