import * as z from 'zod';
import type { TeamId } from '../../kernel/id.ts';
import {
  type Item,
  type Position,
  putIf,
  putNew,
  refer,
  removeIf,
  type TenantSession,
  type Write,
} from '../../kernel/session.ts';
import { Team } from '../../model/team.ts';
import { aliasesChanged, findNamed } from './aliases.ts';

/** A tenant's teams: reads them, and describes writes that are not yet made. */
export interface Teams {
  /** By id or by alias. */
  find(ref: string): Promise<Team | undefined>;
  list(limit: number, after?: Position): Promise<TeamPage>;
  inserted(team: Team): readonly Write[];
  replaced(before: Team, after: Team): readonly Write[];
  removed(team: Team): readonly Write[];
  /** A service goes from one owner to another; undefined is none. */
  ownerChanged(before: TeamId | undefined, after: TeamId | undefined): readonly Write[];
}
export interface TeamPage {
  readonly items: readonly Team[];
  readonly next?: Position;
}

const idPrefix = 'team_';
const schema = 1;
const StoredTeam = z.object({ ...Team.shape, schema: z.literal(schema) });

/** Drops what storage adds. Throws when the item is not a team of this schema version. */
const fromItem = (item: Item): Team => {
  const { schema: _, ...team } = StoredTeam.parse(item);
  return team;
};

const toItem = (team: Team): Item => ({ ...team, schema });

/**
 * Beside each team stands the count of services it owns. A service counts itself in the transaction that names the
 * owner, and a team is removed only with a count of 0: whoever comes first, no service is left with an owner that is
 * not there. It is an item of its own so that a team's version does not change with the services it owns.
 */
const referencesKey = (id: TeamId): string => `references#${id}`;

/** Whether the list can have ended there. */
export const isTeamPosition = ({ key, indexKey }: Position): boolean =>
  Team.shape.id.safeParse(key).success && indexKey === undefined;

export const teamsOf = (session: TenantSession): Teams => ({
  find: async (ref) => {
    const item = await findNamed(session, 'teams', ref, idPrefix);
    return item && fromItem(item);
  },
  list: async (limit, after) => {
    const page = await session.list('teams', { prefix: idPrefix, limit, ...(after && { after }) });
    return { ...page, items: page.items.map(fromItem) };
  },
  inserted: (team) => [
    putNew('teams', team.id, toItem(team), 'unavailable'),
    putNew('teams', referencesKey(team.id), { references: 0 }, 'unavailable'),
    ...aliasesChanged('teams', team.id, [], team.aliases),
  ],
  replaced: (before, after) => [
    putIf('teams', after.id, toItem(after), { version: before.version }, 'version-mismatch'),
    ...aliasesChanged('teams', after.id, before.aliases, after.aliases),
  ],
  removed: (team) => [
    removeIf('teams', team.id, { version: team.version }, 'version-mismatch'),
    removeIf('teams', referencesKey(team.id), { references: 0 }, 'team-in-use'),
    ...aliasesChanged('teams', team.id, team.aliases, []),
  ],
  ownerChanged: (before, after) => {
    if (before === after) return [];
    return [
      ...(after ? [refer('teams', referencesKey(after), 1, 'owner-not-found')] : []),
      // Holds whenever the service's version does, which the same transaction checks.
      ...(before ? [refer('teams', referencesKey(before), -1, 'version-mismatch')] : []),
    ];
  },
});
