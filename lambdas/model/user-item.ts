import * as z from 'zod';
import { UserId } from '../kernel/id.ts';
import { roles } from '../kernel/permissions.ts';
import type { Item } from '../kernel/session.ts';

/** What may be shown of a user: field by field, so that a secret that is kept beside it one day stays out. */
const ShownUser = z.object({
  id: UserId,
  email: z.string(),
  role: z.enum(roles),
  state: z.string(),
  createdAt: z.iso.datetime(),
  version: z.int().min(1),
});
export type ShownUser = z.output<typeof ShownUser>;

export const parseUserItem = (item: Item): ShownUser => ShownUser.parse(item);
