import * as z from 'zod';
import { TokenId } from '../kernel/id.ts';
import { TenantName } from '../model/tenant.ts';
import { Line } from '../model/words.ts';

/** What operators call a tenant: short, for ever, unique in the stage. */
const Slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected lower-case letters and digits, separated by single -')
  .max(40);
const Reason = Line(200);

/** Everything the operators' function does. */
export const Command = z.discriminatedUnion('command', [
  z.strictObject({ command: z.literal('create'), slug: Slug, name: TenantName, ownerEmail: z.email().max(254) }),
  /** The operator has the first token: from now on `create` never issues another. */
  z.strictObject({ command: z.literal('confirm'), slug: Slug, token: TokenId }),
  /** A new first owner's token for a tenant that has lost its own. */
  z.strictObject({ command: z.literal('reissue'), slug: Slug, reason: Reason }),
  /** One token, of whatever role, also of a suspended tenant. */
  z.strictObject({ command: z.literal('revoke-token'), slug: Slug, tokenId: TokenId, reason: Reason }),
  z.strictObject({ command: z.literal('list'), after: Slug.optional() }),
  z.strictObject({ command: z.literal('show'), slug: Slug }),
  z.strictObject({ command: z.literal('suspend'), slug: Slug, reason: Reason }),
  z.strictObject({ command: z.literal('resume'), slug: Slug, reason: Reason }),
]);
export type Command = z.output<typeof Command>;
export type CommandOf<Name extends Command['command']> = Extract<Command, { command: Name }>;
