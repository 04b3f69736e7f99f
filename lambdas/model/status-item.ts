import * as z from 'zod';
import { TenantId } from '../kernel/id.ts';
import type { Item } from '../kernel/session.ts';

/** What the platform has decided about a tenant, as its tenant may know it. */
const Status = z.object({
  id: TenantId,
  name: z.string(),
  state: z.enum(['active', 'suspended']),
  reason: z.string().optional(),
  /** When it came into this state; absent where it has always been in it. */
  since: z.iso.datetime().optional(),
  createdAt: z.iso.datetime(),
  version: z.int().min(1),
});
export type Status = z.output<typeof Status>;

export const parseStatusItem = (item: Item): Status => Status.parse(item);
