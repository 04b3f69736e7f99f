import * as z from 'zod';
import { EventId, TenantId } from '../kernel/id.ts';
import { type ErasedCollection, erasedCollections } from '../kernel/tables.ts';

/** How a tenant goes. Each step can be repeated after a crash at any point, and says why it is there. */
export const offboardingSteps = {
  suspended: 'Nobody in it may call any more, and what was under way has ended.',
  exported: 'What it had is with you; the receipt will name the checksum of its manifest.',
  erased: 'People, credentials and records are deleted, collection by collection.',
  shredded: 'The data keys are deleted: what was sealed under them opens nowhere.',
  checked: 'Every collection was read once more, and nothing is left.',
  receipted: 'The slug is kept with the receipt, and names no other tenant, ever.',
} as const;

const Collection = z.enum(erasedCollections as readonly [ErasedCollection, ...ErasedCollection[]]);

/** How many items were deleted. */
const Counts = z.partialRecord(Collection, z.int().min(0));
export type Counts = z.output<typeof Counts>;

/** SHA-256 in hex. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits');

/** An audit event that is told once, however often the step that tells it is repeated: id and time are kept before. */
const Told = z.object({ at: z.iso.datetime(), event: EventId });
export type Told = z.output<typeof Told>;

/** How far an offboarding is. Kept in the registry, because what the tenant has is going. */
export const Offboarding = z.object({
  begun: Told,
  by: z.string(),
  reason: z.string(),
  erasing: z
    .object({
      ...Told.shape,
      /** The audit event of the export that was made before. */
      export: z.string(),
      manifest: Sha256,
      counts: Counts,
      /** What was counted last, and is perhaps not deleted yet: all of a collection up to this key. */
      batch: z.object({ collection: Collection, upTo: z.string() }).optional(),
    })
    .optional(),
  ended: Told.optional(),
});
export type Offboarding = z.output<typeof Offboarding>;

/** What is left of a tenant. Neither its name nor an address of a person is in it. */
export const Receipt = z.object({
  slug: z.string(),
  tenant: TenantId,
  state: z.literal('offboarded'),
  reason: z.string(),
  createdAt: z.iso.datetime(),
  offboardedAt: z.iso.datetime(),
  /** The operator who began it. */
  offboardedBy: z.string(),
  /** Items deleted, by collection. */
  deleted: Counts,
  /** SHA-256 of the manifest of the export that was made before. */
  manifest: Sha256,
  /** Audit events expire one by one; the last of them then. */
  auditKeptUntil: z.iso.datetime(),
  /** Point-in-time recovery holds what was deleted until then. Absent where it is off. */
  recoverableUntil: z.iso.datetime().optional(),
  version: z.int().min(1),
});
export type Receipt = z.output<typeof Receipt>;
