import type { Origin } from '../descriptors/drafts.ts';
import type { EntryOf, Kind, Stored } from '../entries.ts';
import type { Finding } from '../finding.ts';

/** What one thing of the catalog shall be. */
export interface Planned<K extends Kind = Kind> {
  readonly kind: K;
  /** Its id, or its stand-in while it has none. */
  readonly key: string;
  /** The document that describes it, or the first that speaks of it. */
  readonly origin: Origin;
  /** No document describes it; others speak of it. */
  readonly isImplied: boolean;
  readonly stored?: Stored<EntryOf[K]> | undefined;
  readonly entry: EntryOf[K];
  /** Names of the fields that are to change; of what is new, all. */
  readonly changed: readonly string[];
}

export type AnyPlanned = Planned<'team'> | Planned<'repository'> | Planned<'service'>;

export interface Plan {
  /** Parents before children, by how many they have above them. */
  readonly teams: readonly (readonly Planned<'team'>[])[];
  readonly repositories: readonly Planned<'repository'>[];
  readonly services: readonly Planned<'service'>[];
  /** Documents that are not carried out. */
  readonly refused: readonly Origin[];
  readonly findings: readonly Finding[];
}

/** All that a plan has to send. */
export const changedIn = ({ teams, repositories, services }: Plan): readonly AnyPlanned[] =>
  [...teams.flat(), ...repositories, ...services].filter(({ changed }) => changed.length > 0);
