import * as z from 'zod';
import { type Item, putIf, type Write } from '../kernel/session.ts';
import { sortKey } from './fold.ts';
import { Team } from './team.ts';

/** 2: type, parent, members, responsibilities, annotations, and the keys that sort by name. */
const schema = 2;
const oldSchema = 1;
const StoredTeam = z.object({ ...Team.shape, schema: z.literal(schema) });

const upgraded = (item: Item): Item => ({
  type: 'team',
  members: [],
  responsibilities: [],
  annotations: {},
  ...item,
  schema,
});

/** Whether an item is of an older schema than is written today. */
export const isOldTeam = (item: Item): boolean => item.schema === oldSchema;

/** Drops what storage adds. Throws when the item is not a team of a schema we know. */
export const parseTeamItem = (item: Item): Team => {
  const { schema: _, ...team } = StoredTeam.parse(isOldTeam(item) ? upgraded(item) : item);
  return team;
};

export const teamItem = (team: Team): Item => ({
  ...team,
  schema,
  nameKey: sortKey(team.name, team.id),
  ...(team.parent && { parentKey: `${team.parent}#${sortKey(team.name, team.id)}` }),
});

/** An old item in the newest form; the count of what it owns stands beside it already. See `serviceUpgrade`. */
export const teamUpgrade = (item: Item): readonly Write[] => {
  const team = parseTeamItem(item);
  return [putIf('teams', team.id, teamItem(team), { version: team.version, schema: oldSchema }, 'unavailable')];
};
