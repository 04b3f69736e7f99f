import type { Origin, TeamDraft } from '../descriptors/drafts.ts';
import type { Stored, TeamEntry } from '../entries.ts';
import type { PlanContext } from './context.ts';
import { differing } from './differing.ts';
import { type Membership, membershipOf } from './members.ts';
import { mergeContacts } from './merge-contacts.ts';
import { parentsOf } from './parents.ts';
import type { Planned } from './planned.ts';

interface Relations {
  readonly parents: ReadonlyMap<string, string>;
  readonly membership: Membership;
}

const once = (list: readonly string[]): readonly string[] => [...new Set(list)];

const newTeam = ({ plainName, alias }: TeamDraft): TeamEntry => ({
  name: plainName,
  aliases: [alias],
  type: 'team',
  members: [],
  responsibilities: [],
  contacts: [],
  annotations: {},
});

const related = (entry: TeamEntry, key: string, { parents, membership }: Relations): TeamEntry => {
  const parent = parents.get(key) ?? entry.parent;
  const members = once([...(membership.listed.get(key) ?? entry.members), ...(membership.joined.get(key) ?? [])]);
  return { ...entry, ...(parent !== undefined && { parent }), members };
};

const described = ({ directory }: PlanContext, draft: TeamDraft, relations: Relations): Planned<'team'> => {
  const stored = directory.storedOf(draft);
  const key = directory.keyOf(draft);
  const before = stored?.entry ?? newTeam(draft);
  const entry = related(
    {
      ...before,
      ...draft.says,
      contacts: mergeContacts(draft.says.contacts ?? before.contacts, draft.contacts),
      annotations: { ...before.annotations, ...draft.annotations },
    },
    key,
    relations,
  );
  const { origin } = draft;
  return { kind: 'team', key, origin, isImplied: false, stored, entry, changed: differing(stored?.entry, entry) };
};

/** A team of the tenant that no file describes, and of which others speak. */
const implied = (stored: Stored<TeamEntry>, origin: Origin, relations: Relations): Planned<'team'> => {
  const entry = related(stored.entry, stored.id, relations);
  const changed = differing(stored.entry, entry);
  return { kind: 'team', key: stored.id, origin, isImplied: true, stored, entry, changed };
};

const byDepth = (planned: readonly Planned<'team'>[]): readonly (readonly Planned<'team'>[])[] => {
  const byKey = new Map(planned.map((each) => [each.key, each]));
  const depthOf = (each: Planned<'team'>): number => {
    const parent = byKey.get(each.entry.parent ?? '');
    return parent ? depthOf(parent) + 1 : 0;
  };
  const levels: Planned<'team'>[][] = [];
  for (const each of planned) {
    const depth = depthOf(each);
    while (levels.length <= depth) levels.push([]);
    levels[depth]?.push(each);
  }
  return levels;
};

/** What each team shall be, parents first: whoever gets a new parent then finds that one in its final place. */
export const planTeams = (context: PlanContext): readonly (readonly Planned<'team'>[])[] => {
  const relations = { parents: parentsOf(context), membership: membershipOf(context) };
  const planned = context.drafts.teams.map((draft) => described(context, draft, relations));
  const known = new Set(planned.map(({ key }) => key));
  const others = context.tenant.team.flatMap((stored) => {
    if (known.has(stored.id)) return [];
    const parent = context.drafts.teams.find(
      (draft) => context.directory.keyOf(draft) === relations.parents.get(stored.id),
    );
    const origin = relations.membership.firstOf.get(stored.id)?.origin ?? parent?.origin;
    return origin ? [implied(stored, origin, relations)] : [];
  });
  return byDepth([...planned, ...others]);
};
