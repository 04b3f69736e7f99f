import * as z from 'zod';
import type { Item } from '../kernel/session.ts';
import { sortKey } from './fold.ts';
import { Team } from './team.ts';

/** 2: type, parent, members, responsibilities, annotations, and the keys that sort by name. */
const schema = 2;
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
export const isOldTeam = (item: Item): boolean => item.schema === 1;

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
