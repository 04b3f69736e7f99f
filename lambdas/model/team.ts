import * as z from 'zod';
import { TeamId } from '../kernel/id.ts';
import { Contact } from './contact.ts';
import { firstVersion, nextVersion, versioned } from './versioned.ts';
import { Alias, Annotations, Line, SetOf, Text, Word } from './words.ts';

/** What a customer says of a team. */
export const TeamInput = z
  .strictObject({
    name: Line(120).meta({ examples: ['Ledger'] }),
    description: Text(4000)
      .optional()
      .meta({ examples: ['Everything that is booked.'] }),
    aliases: SetOf(Alias, 10).meta({ description: 'Second names: no other team has one', examples: [['ledger']] }),
    type: Word.default('team').describe('What sort of group: team, department …'),
    parent: TeamId.optional().describe('The team it is a part of'),
    members: SetOf(z.email().max(254), 100).describe('By e-mail'),
    responsibilities: z.array(Line(200)).max(20).default([]),
    contacts: z.array(Contact).max(10).default([]),
    annotations: Annotations.default({}),
  })
  .meta({ id: 'TeamInput' });
export type TeamInput = z.output<typeof TeamInput>;

/** A team: whom to call. */
export const Team = z.strictObject({ ...TeamInput.shape, id: TeamId, ...versioned }).meta({ id: 'Team' });
export type Team = z.output<typeof Team>;

export const TeamRef = z.union([TeamId, Alias]).meta({ id: 'TeamRef', examples: ['ledger'] });
export type TeamRef = z.output<typeof TeamRef>;

export const newTeam = (id: TeamId, input: TeamInput, nowMs: number): Team => firstVersion(id, input, nowMs);
export const replacedTeam = (team: Team, input: TeamInput, nowMs: number): Team => nextVersion(team, input, nowMs);
