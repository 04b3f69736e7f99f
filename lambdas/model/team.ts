import * as z from 'zod';
import { TeamId } from '../kernel/id.ts';
import { toIso } from '../kernel/use-case.ts';
import { Alias, Line, Text, Url } from './words.ts';

const Contact = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('email'), value: z.email().max(254) }),
    z.strictObject({
      kind: z.literal('slack'),
      value: z.string().regex(/^#[a-z0-9_-]{1,79}$/, 'expected # and a channel name'),
    }),
    z.strictObject({ kind: z.literal('url'), value: Url }),
  ])
  .meta({ id: 'Contact' });

/** What a customer says of a team. */
export const TeamInput = z
  .strictObject({
    name: Line(120),
    description: Text(4000).optional(),
    aliases: z
      .array(Alias)
      .max(10)
      .refine((aliases) => new Set(aliases).size === aliases.length, 'expected no alias twice')
      .meta({ uniqueItems: true })
      .default([]),
    contacts: z.array(Contact).max(10).default([]),
  })
  .meta({ id: 'TeamInput' });
export type TeamInput = z.output<typeof TeamInput>;

/** A team: whom to call. */
export const Team = z
  .strictObject({
    ...TeamInput.shape,
    id: TeamId,
    version: z.int().min(1),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Team' });
export type Team = z.output<typeof Team>;

export const TeamRef = z.union([TeamId, Alias]).meta({ id: 'TeamRef' });
export type TeamRef = z.output<typeof TeamRef>;

export const newTeam = (id: TeamId, input: TeamInput, nowMs: number): Team => ({
  ...input,
  id,
  version: 1,
  createdAt: toIso(nowMs),
  updatedAt: toIso(nowMs),
});

/** Every replacement is a new version, also one with the same content: versions count replacements, not differences. */
export const replacedTeam = (team: Team, input: TeamInput, nowMs: number): Team => ({
  ...input,
  id: team.id,
  version: team.version + 1,
  createdAt: team.createdAt,
  updatedAt: toIso(nowMs),
});
