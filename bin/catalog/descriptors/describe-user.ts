import * as z from 'zod';
import type { UserDraft } from './drafts.ts';
import { type Described, pointersAt } from './pointers.ts';

/** User → a member, by e-mail, of the teams it names or that name it. */
export const describeUser = (described: Described): UserDraft => ({
  what: 'user',
  origin: described.origin,
  email: described.reader.take(['spec', 'profile', 'email'], z.email().max(254)),
  teams: pointersAt(described, ['spec', 'memberOf'], 'group') ?? [],
});
