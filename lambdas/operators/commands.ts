import * as z from 'zod';
import { TokenId } from '../kernel/id.ts';
import { TenantName } from '../model/tenant.ts';
import { Line } from '../model/words.ts';
import { migratedCollections } from './migrated.ts';
import { Sha256 } from './offboarding.ts';
import { Key, Slug } from './words.ts';

const Reason = Line(200);
const Place = z.strictObject({ collection: z.enum(migratedCollections), key: Key });

/** Everything the operators' function does. */
export const Command = z.discriminatedUnion('command', [
  z.strictObject({ command: z.literal('create'), slug: Slug, name: TenantName, ownerEmail: z.email().max(254) }),
  /** The operator has the first token: from now on `create` never issues another. */
  z.strictObject({ command: z.literal('confirm'), slug: Slug, token: TokenId }),
  /** A new first owner's token for a tenant that has lost its own. */
  z.strictObject({ command: z.literal('reissue'), slug: Slug, reason: Reason }),
  /** One token, of whatever role, also of a suspended tenant. */
  z.strictObject({ command: z.literal('revoke-token'), slug: Slug, tokenId: TokenId, reason: Reason }),
  /** Tells the audit trail that an operator exports the tenant, and says which files there are. */
  z.strictObject({ command: z.literal('export'), slug: Slug }),
  /** Suspends it and says for how long it is not quiet yet. */
  z.strictObject({ command: z.literal('offboard'), slug: Slug, reason: Reason }),
  /** Deletes as much as fits into one call. */
  z.strictObject({ command: z.literal('erase'), slug: Slug, export: Key, manifest: Sha256 }),
  /** Brings items of an older schema to the newest, as many as fit into one call. */
  z.strictObject({ command: z.literal('migrate'), slug: Slug, after: Place.optional() }),
  z.strictObject({ command: z.literal('list'), after: Slug.optional() }),
  z.strictObject({ command: z.literal('show'), slug: Slug }),
  z.strictObject({ command: z.literal('suspend'), slug: Slug, reason: Reason }),
  z.strictObject({ command: z.literal('resume'), slug: Slug, reason: Reason }),
]);
export type Command = z.output<typeof Command>;
export type CommandOf<Name extends Command['command']> = Extract<Command, { command: Name }>;
