import type { TeamId } from '../../kernel/id.ts';
import {
  check,
  type Item,
  type Position,
  putIf,
  putNew,
  removeIf,
  type TenantSession,
  type Write,
} from '../../kernel/session.ts';
import { isSortKeyOf } from '../../model/fold.ts';
import { aliasesChanged, noReferences, referencesKey } from '../../model/named-item.ts';
import { Team } from '../../model/team.ts';
import { parseTeamItem, teamItem } from '../../model/team-item.ts';
import { idNamed, isNamed } from './find-named.ts';
import { referencesChanged } from './references.ts';

/** A tenant's teams: reads them, and describes writes that are not yet made. */
export interface Teams {
  /** By id or by alias. */
  find(ref: string): Promise<Team | undefined>;
  /** By name; only the child teams of one where a parent is given. */
  list(parent: TeamId | undefined, limit: number, after?: Position): Promise<TeamPage>;
  inserted(team: Team): readonly Write[];
  replaced(before: Team, after: Team): readonly Write[];
  removed(team: Team): readonly Write[];
  /** That a team stays as it was read; otherwise the request is carried out anew. */
  unchanged(team: Team): Write;
}
export interface TeamPage {
  readonly items: readonly Team[];
  readonly next?: Position;
}

const idPrefix = 'team_';
const parentPrefix = (parent: TeamId | undefined): string => (parent ? `${parent}#` : '');

/** Whether the list can have ended there. */
export const isTeamPosition =
  (parent: TeamId | undefined) =>
  ({ key, indexKey }: Position): boolean =>
    Team.shape.id.safeParse(key).success && isSortKeyOf(indexKey, parentPrefix(parent), key);

const aliasesAndParent = (before: Team | undefined, after: Team | undefined, id: TeamId): readonly Write[] => [
  ...aliasesChanged('teams', id, before?.aliases ?? [], after?.aliases ?? []),
  ...referencesChanged('teams', [before?.parent], [after?.parent], 'parent-not-found'),
];

export const teamsOf = (session: TenantSession): Teams => ({
  find: async (ref) => {
    const id = await idNamed(session, 'teams', ref, idPrefix);
    const item: Item | undefined | '' = id && (await session.get('teams', id));
    return item && isNamed(item, ref, idPrefix) ? parseTeamItem(item) : undefined;
  },
  list: async (parent, limit, after) => {
    const { items, next } = await session.list('teams', {
      index: parent ? 'by-parent' : 'by-name',
      ...(parent && { prefix: parentPrefix(parent) }),
      limit,
      ...(after && { after }),
    });
    return { items: items.map(parseTeamItem), ...(next && { next }) };
  },
  inserted: (team) => [
    putNew('teams', team.id, teamItem(team), 'unavailable'),
    putNew('teams', referencesKey(team.id), noReferences, 'unavailable'),
    ...aliasesAndParent(undefined, team, team.id),
  ],
  replaced: (before, after) => [
    putIf('teams', after.id, teamItem(after), { version: before.version }, 'version-mismatch'),
    ...aliasesAndParent(before, after, after.id),
  ],
  removed: (team) => [
    removeIf('teams', team.id, { version: team.version }, 'version-mismatch'),
    removeIf('teams', referencesKey(team.id), noReferences, 'team-in-use'),
    ...aliasesAndParent(team, undefined, team.id),
  ],
  unchanged: (team) => check('teams', team.id, { version: team.version }, 'unavailable'),
});
