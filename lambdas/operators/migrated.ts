import type { Item, Write } from '../kernel/session.ts';
import { isOldService, serviceUpgrade } from '../model/service-item.ts';
import { isOldTeam, teamUpgrade } from '../model/team-item.ts';

export const migratedCollections = ['teams', 'services'] as const;
export type MigratedCollection = (typeof migratedCollections)[number];

interface Upgrade {
  /** Of the keys of the things themselves, without what points at them. */
  readonly prefix: string;
  readonly isOld: (item: Item) => boolean;
  readonly writesFor: (item: Item) => readonly Write[];
}

/** Collections that have items of an older schema. What the newest is, and how an item becomes it, is the model's. */
export const upgrades: Readonly<Record<MigratedCollection, Upgrade>> = {
  teams: { prefix: 'team_', isOld: isOldTeam, writesFor: teamUpgrade },
  services: { prefix: 'svc_', isOld: isOldService, writesFor: serviceUpgrade },
};
