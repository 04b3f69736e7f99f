import type { DomainDraft, SystemDraft } from './drafts.ts';
import { type Described, pointerAt } from './pointers.ts';

/** System → the domain of the services that are a part of it. */
export const describeSystem = (described: Described): SystemDraft => ({
  what: 'system',
  origin: described.origin,
  domain: pointerAt(described, ['spec', 'domain'], 'domain')?.reference,
});

/** Domain → a word of services; all else that it says has no place. */
export const describeDomain = ({ origin }: Described): DomainDraft => ({ what: 'domain', origin });
