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
import type { Finding, Report } from '../finding.ts';
import { renamed } from './renamed.ts';

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
  /** Documents that describe what another does. */
  readonly dropped: readonly Origin[];
}

export const placeOf = ({ file, line }: Pick<Origin, 'file' | 'line'>): string => `${file}:${line}`;

/** What no two documents may share. */
const identities = (draft: AnyDraft): readonly (readonly [id: string, same: string])[] => {
  const reference = referenceText(draft.origin.reference);
  const own = [reference, 'is the name of'] as const;
  if (draft.what === 'team' || draft.what === 'service')
    return [own, [`${draft.what} ${draft.alias}`, `gives the alias "${draft.alias}", as does`]];
  return draft.what === 'repository' ? [own, [draft.url, `describes ${draft.url}, as does`]] : [own];
};

interface Sorting {
  /** What stands under each identity. */
  readonly first: Map<string, AnyDraft>;
  readonly kept: AnyDraft[];
  readonly refused: Map<string, Origin>;
  readonly dropped: Origin[];
  readonly report: Report;
}

/** Keeps a draft unless one before it describes the same thing, which is answered then. */
const keep = (
  { first, kept }: Sorting,
  draft: AnyDraft,
): { readonly before: AnyDraft; readonly same: string } | undefined => {
  const ids = identities(draft);
  for (const [id, same] of ids) {
    const before = first.get(id);
    if (before) return { before, same };
  }
  for (const [id] of ids) first.set(id, draft);
  kept.push(draft);
  return undefined;
};

const told = (sorting: Sorting, { origin }: AnyDraft, finding: Pick<Finding, 'weight' | 'reason'>): void => {
  const { file, reference, lineOf } = origin;
  const line = lineOf(['metadata', 'name']);
  sorting.report({ file, line, document: referenceText(reference), field: 'metadata.name', ...finding });
};

/** Of two that describe the same thing the second is refused, unless its title says that it is another thing. */
const settle = (sorting: Sorting, draft: AnyDraft, before: AnyDraft, same: string): void => {
  const where = `${same} a document before it, at ${placeOf(before.origin)}`;
  const other = renamed(draft, before);
  if (other && !keep(sorting, other)) {
    const name = other.origin.reference.name;
    const reason = `${where}, with another title: this one is in the catalog as "${name}". Give it that name`;
    told(sorting, draft, { weight: 'note', reason });
    return;
  }
  sorting.dropped.push(draft.origin);
  told(sorting, draft, { weight: 'refused', reason: `${where}: this one is not imported` });
  const reference = referenceText(draft.origin.reference);
  // Under its own name only where nothing else has that: references lead to the first.
  if (!sorting.first.has(reference)) sorting.refused.set(reference, draft.origin);
};

/** Sorts the drafts by what they are, each thing once. */
export const draftSet = (drafts: readonly AnyDraft[], refusedBefore: readonly Origin[], report: Report): DraftSet => {
  const refused = new Map(refusedBefore.map((origin) => [referenceText(origin.reference), origin]));
  const sorting: Sorting = { first: new Map(), kept: [], refused, dropped: [], report };
  const second = drafts.flatMap((draft) => {
    const taken = keep(sorting, draft);
    return taken ? [{ draft, ...taken }] : [];
  });
  // After all others: what is renamed takes no name that a document has.
  for (const { draft, before, same } of second) settle(sorting, draft, before, same);
  const { kept } = sorting;
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
    dropped: sorting.dropped,
  };
};
