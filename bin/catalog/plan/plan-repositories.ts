import type { Origin, RepositoryDraft, RepositoryLink } from '../descriptors/drafts.ts';
import type { RepositoryEntry } from '../entries.ts';
import { followed, type PlanContext } from './context.ts';
import { differing } from './differing.ts';
import type { Planned } from './planned.ts';
import { standIn } from './stand-in.ts';

/** A repository that a service names, and the team that owns the service. */
interface Named extends RepositoryLink {
  readonly origin: Origin;
  readonly owner?: string | undefined;
}

/**
 * The first who names a repository, by alias, so that neither order nor files matter; its owner is the first owner
 * among all who do.
 */
const namedOnce = (context: PlanContext, owners: ReadonlyMap<string, string>): ReadonlyMap<string, Named> => {
  const named = new Map<string, Named>();
  const inOrder = [...context.drafts.services].sort((a, b) => (a.alias < b.alias ? -1 : 1));
  for (const draft of inOrder)
    for (const link of draft.repositories ?? []) {
      const before = named.get(link.url);
      const owner = before?.owner ?? owners.get(context.directory.keyOf(draft));
      named.set(link.url, before ? { ...before, owner } : { ...link, origin: draft.origin, owner });
    }
  return named;
};

const describedEntry = (context: PlanContext, draft: RepositoryDraft, before?: RepositoryEntry): RepositoryEntry => {
  const { owner: pointer, origin, url, plainName, says } = draft;
  const owner = pointer && followed(context, origin, { pointer, found: context.directory.team(pointer.reference) });
  return { ...(before ?? { name: plainName, url, archived: false }), ...says, ...(owner !== undefined && { owner }) };
};

/** What stays as it is in the tenant, but for an owner where there is none. */
const namedEntry = ({ name, url, owner }: Named, before?: RepositoryEntry): RepositoryEntry => ({
  ...(owner !== undefined && { owner }),
  ...(before ?? { name, url, archived: false }),
});

/** The repositories that documents describe, and those that services name. `owners` is of services, by their keys. */
export const planRepositories = (
  context: PlanContext,
  owners: ReadonlyMap<string, string>,
): readonly Planned<'repository'>[] => {
  const stored = new Map(context.tenant.repository.map((each) => [each.entry.url, each]));
  const planned = (url: string, origin: Origin, entryOf: (before?: RepositoryEntry) => RepositoryEntry) => {
    const was = stored.get(url);
    const entry = entryOf(was?.entry);
    const key = was?.id ?? standIn('repository', url);
    const changed = differing(was?.entry, entry);
    return { kind: 'repository', key, origin, stored: was, entry, changed } as const;
  };
  const described = context.drafts.repositories.map((draft) => ({
    ...planned(draft.url, draft.origin, (before) => describedEntry(context, draft, before)),
    isImplied: false,
  }));
  const urls = new Set(context.drafts.repositories.map(({ url }) => url));
  const named = [...namedOnce(context, owners).values()].filter(({ url }) => !urls.has(url));
  return [
    ...described,
    ...named.map((each) => ({
      ...planned(each.url, each.origin, (before) => namedEntry(each, before)),
      isImplied: true,
    })),
  ];
};
