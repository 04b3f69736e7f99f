import type { Origin, ServiceDraft } from '../descriptors/drafts.ts';
import type { ServiceEntry, Stored } from '../entries.ts';
import { about, followed, type PlanContext } from './context.ts';
import { type Dependencies, dependenciesOf } from './dependencies.ts';
import { differing } from './differing.ts';
import type { Planned } from './planned.ts';
import { systemWords } from './system-words.ts';

const newService = ({ plainName, alias, kind }: ServiceDraft): ServiceEntry => ({
  name: plainName,
  aliases: [alias],
  kind,
  type: 'service',
  tier: 4,
  lifecycle: 'production',
  dependencies: [],
  repositories: [],
  tags: [],
  links: [],
  annotations: {},
});

const needing = (entry: ServiceEntry, key: string, { listed, added }: Dependencies): ServiceEntry => {
  const dependencies = [...new Set([...(listed.get(key) ?? entry.dependencies), ...(added.get(key) ?? [])])];
  return { ...entry, dependencies };
};

/** The teams that own the services of the files, by the services' keys. */
export const ownersOf = (context: PlanContext): ReadonlyMap<string, string> => {
  const owners = new Map<string, string>();
  for (const draft of context.drafts.services) {
    const { owner: pointer, origin } = draft;
    const stored = context.directory.storedOf(draft)?.entry.owner;
    if (!pointer && stored === undefined)
      context.report(about(origin, ['spec', 'owner'], 'note', 'is missing: nobody owns this service'));
    const said = pointer && followed(context, origin, { pointer, found: context.directory.team(pointer.reference) });
    const owner = said ?? stored;
    if (owner !== undefined) owners.set(context.directory.keyOf(draft), owner);
  }
  return owners;
};

interface Related {
  readonly owners: ReadonlyMap<string, string>;
  readonly dependencies: Dependencies;
  /** Ids or stand-ins of repositories, by URL. */
  readonly repositories: ReadonlyMap<string, string>;
}

const described = (context: PlanContext, draft: ServiceDraft, related: Related): Planned<'service'> => {
  const stored = context.directory.storedOf(draft);
  const key = context.directory.keyOf(draft);
  const before = stored?.entry ?? newService(draft);
  const owner = related.owners.get(key);
  const repositories = draft.repositories?.map(({ url }) => related.repositories.get(url) ?? '');
  const entry: ServiceEntry = {
    ...before,
    ...draft.says,
    ...systemWords(context, draft),
    kind: draft.kind,
    ...(owner !== undefined && { owner }),
    ...(repositories && { repositories: [...new Set(repositories)] }),
    annotations: { ...before.annotations, ...draft.annotations },
  };
  const wanted = needing(entry, key, related.dependencies);
  const changed = differing(stored?.entry, wanted);
  return { kind: 'service', key, origin: draft.origin, isImplied: false, stored, entry: wanted, changed };
};

/** A service of the tenant that no file describes, and that others say needs them. */
const implied = (stored: Stored<ServiceEntry>, origin: Origin, dependencies: Dependencies): Planned<'service'> => {
  const entry = needing(stored.entry, stored.id, dependencies);
  const changed = differing(stored.entry, entry);
  return { kind: 'service', key: stored.id, origin, isImplied: true, stored, entry, changed };
};

/** What each service shall be. */
export const planServices = (
  context: PlanContext,
  { owners, repositories }: Pick<Related, 'owners' | 'repositories'>,
): readonly Planned<'service'>[] => {
  const dependencies = dependenciesOf(context);
  const planned = context.drafts.services.map((draft) =>
    described(context, draft, { owners, repositories, dependencies }),
  );
  const known = new Set(planned.map(({ key }) => key));
  const others = context.tenant.service.flatMap((stored) => {
    const origin = known.has(stored.id) ? undefined : dependencies.firstOf.get(stored.id);
    return origin ? [implied(stored, origin, dependencies)] : [];
  });
  return [...planned, ...others];
};
