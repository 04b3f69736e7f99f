import { Failure } from '../kernel/errors.ts';
import type { Item, Position } from '../kernel/session.ts';
import { clock } from '../platform/clock.ts';
import { Refused } from '../platform/commit.ts';
import { type CommittingSession, openSession } from '../platform/tenant-session.ts';
import type { CommandOf } from './commands.ts';
import { type MigratedCollection, migratedCollections, upgrades } from './migrated.ts';
import { type Operator, operatorAudit } from './operator.ts';
import { findRegistration } from './registry.ts';

/** Of the function's 30 seconds. */
const msEnough = 10_000;
const attempts = 5;

interface Place {
  readonly collection: MigratedCollection;
  readonly key: string;
}
type Counts = Partial<Record<MigratedCollection, number>>;

export interface Migrated {
  /** Things looked at, and those of them that were of an older schema and are not any more. */
  readonly read: Counts;
  readonly migrated: Counts;
  /** There is more: call again with it. */
  readonly next?: Place;
}

/** Whether this made the item new. Who changed or deleted it meanwhile has left nothing to do, or is looked at again. */
const isMadeNew = async (session: CommittingSession, collection: MigratedCollection, item: Item): Promise<boolean> => {
  const { isOld, writesFor } = upgrades[collection];
  let current: Item | undefined = item;
  for (let attempt = 0; attempt < attempts && current && isOld(current); attempt += 1) {
    try {
      await session.commit(writesFor(current));
      return true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      current = await session.get(collection, String(item.id));
    }
  }
  if (current && isOld(current)) throw new Failure('unavailable');
  return false;
};

const startOf = (after: Place | undefined): readonly (readonly [MigratedCollection, Position | undefined])[] => {
  const from = after ? migratedCollections.indexOf(after.collection) : 0;
  return migratedCollections
    .slice(from)
    .map((collection, at) => [collection, at === 0 && after?.key ? { key: after.key } : undefined] as const);
};

const walk = async (session: CommittingSession, from: Place | undefined): Promise<Migrated> => {
  const begun = clock.now();
  const read: Counts = {};
  const migrated: Counts = {};
  for (const [collection, start] of startOf(from)) {
    let after = start;
    do {
      const { prefix } = upgrades[collection];
      const page = await session.list(collection, { prefix, limit: 100, ...(after && { after }) });
      for (const item of page.items) {
        read[collection] = (read[collection] ?? 0) + 1;
        if (await isMadeNew(session, collection, item)) migrated[collection] = (migrated[collection] ?? 0) + 1;
      }
      after = page.next;
      if (after && clock.now() - begun > msEnough) return { read, migrated, next: { collection, key: after.key } };
    } while (after);
  }
  return { read, migrated };
};

/**
 * Brings a tenant's items of an older schema to the newest, as many as fit into one call; the tenant may be at work.
 * Repeating it finds nothing left to do. The audit trail is told where something was.
 * @throws Failure `tenant-not-found`
 */
export const migrateTenant = async ({ slug, after }: CommandOf<'migrate'>, operator: Operator): Promise<Migrated> => {
  const registration = await findRegistration(slug);
  if (!registration) throw new Failure('tenant-not-found');
  const session = openSession(registration.tenant);
  const done = await walk(session, after);
  if (Object.keys(done.migrated).length > 0)
    await session.commit([operatorAudit(operator, 'tenant.migrated', registration.tenant, { ...done.migrated })]);
  return done;
};
