import type {
  AnyDraft,
  Origin,
  RepositoryDraft,
  ServiceDraft,
  SystemDraft,
  TeamDraft,
  UserDraft,
} from '../descriptors/drafts.ts';
import { referenceText } from '../descriptors/reference.ts';
import type { Report } from '../finding.ts';

/** All that the files say, each thing once. */
export interface DraftSet {
  readonly teams: readonly TeamDraft[];
  readonly users: readonly UserDraft[];
  readonly systems: readonly SystemDraft[];
  readonly services: readonly ServiceDraft[];
  readonly repositories: readonly RepositoryDraft[];
  readonly others: readonly AnyDraft[];
  /** By reference. */
  readonly byReference: ReadonlyMap<string, AnyDraft>;
  /** References of documents that were refused, and where these are. */
  readonly refused: ReadonlyMap<string, Origin>;
}

export const placeOf = ({ file, line }: Pick<Origin, 'file' | 'line'>): string => `${file}:${line}`;

/** What no two documents may share. */
const identities = (draft: AnyDraft): readonly (readonly [id: string, shown: string])[] => {
  const reference = referenceText(draft.origin.reference);
  const own = [reference, reference] as const;
  if (draft.what === 'team' || draft.what === 'service')
    return [own, [`${draft.what} ${draft.alias}`, `a ${draft.what} with the alias "${draft.alias}"`]];
  return draft.what === 'repository' ? [own, [draft.url, `the repository ${draft.url}`]] : [own];
};

/** Sorts the drafts by what they are. Of two that describe the same thing, the second is refused. */
export const draftSet = (drafts: readonly AnyDraft[], refusedBefore: readonly Origin[], report: Report): DraftSet => {
  const first = new Map<string, AnyDraft>();
  const refused = new Map(refusedBefore.map((origin) => [referenceText(origin.reference), origin]));
  const kept: AnyDraft[] = [];
  for (const draft of drafts) {
    const { origin } = draft;
    const taken = identities(draft).find(([id]) => first.has(id));
    const before = taken && first.get(taken[0]);
    if (taken && before) {
      const reason = `${taken[1]} is described before, at ${placeOf(before.origin)}: this one is not imported`;
      const { file, line } = origin;
      report({
        weight: 'refused',
        file,
        line,
        document: referenceText(origin.reference),
        field: 'metadata.name',
        reason,
      });
      // Under its own name only where nothing else has that: references lead to the first.
      if (!first.has(referenceText(origin.reference))) refused.set(referenceText(origin.reference), origin);
      continue;
    }
    for (const [id] of identities(draft)) first.set(id, draft);
    kept.push(draft);
  }
  const all = <W extends AnyDraft['what']>(what: W) =>
    kept.filter((draft): draft is Extract<AnyDraft, { what: W }> => draft.what === what);
  return {
    teams: all('team'),
    users: all('user'),
    systems: all('system'),
    services: all('service'),
    repositories: all('repository'),
    others: all('domain'),
    byReference: new Map(kept.map((draft) => [referenceText(draft.origin.reference), draft])),
    refused,
  };
};
