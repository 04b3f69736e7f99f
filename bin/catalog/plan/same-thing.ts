import type { Origin, ServiceDraft, TeamDraft } from '../descriptors/drafts.ts';
import type { PlanContext } from './context.ts';
import { about } from './context.ts';
import { type DraftSet, placeOf } from './draft-set.ts';

/**
 * Takes out documents that are, in the tenant, the same team or service as an earlier one: it has both as aliases.
 * Their origins are returned.
 */
export const withoutSame = (
  context: PlanContext,
): { readonly drafts: DraftSet; readonly refused: readonly Origin[] } => {
  const first = new Map<string, Origin>();
  const refused: Origin[] = [];
  const isFirst = (draft: TeamDraft | ServiceDraft): boolean => {
    const key = context.directory.keyOf(draft);
    const before = first.get(key);
    if (!before) {
      first.set(key, draft.origin);
      return true;
    }
    const what = `is the same ${draft.what} of the tenant as ${placeOf(before)}, which has both as aliases`;
    context.report(about(draft.origin, ['metadata', 'name'], 'refused', `${what}: this document is not imported`));
    refused.push(draft.origin);
    return false;
  };
  const { teams, services } = context.drafts;
  return {
    drafts: { ...context.drafts, teams: teams.filter(isFirst), services: services.filter(isFirst) },
    refused,
  };
};
