import { Failure } from '../kernel/errors.ts';
import { type ErasedCollection, erasedCollections } from '../kernel/tables.ts';
import { toIso } from '../kernel/use-case.ts';
import { clock } from '../platform/clock.ts';
import { newId } from '../platform/random.ts';
import { type CommittingSession, openSession } from '../platform/tenant-session.ts';
import type { CommandOf } from './commands.ts';
import { endOffboarding } from './end-offboarding.ts';
import type { Counts, Offboarding } from './offboarding.ts';
import { once } from './once.ts';
import { auditOf, type Operator } from './operator.ts';
import { quietAtMs, secondsUntil } from './quiet.ts';
import { findEntry, isReceipt, type Receipt, type Registration, saveRegistration } from './registry.ts';
import { requireExport } from './require-export.ts';

/** Of the function's 30 seconds; a batch takes one or two. */
const msEnough = 12_000;
const batchMost = 250;

export interface Erased {
  readonly deleted: Counts;
  /** There is more to delete: call again. */
  readonly next: boolean;
  readonly receipt?: Receipt;
}

type Erasing = NonNullable<Offboarding['erasing']>;
type Leaving = Registration & { readonly offboarding: Offboarding & { readonly erasing: Erasing } };

const tooEarly = (expected: string): never => {
  throw new Failure('deletion-too-early', [{ field: 'slug', expected }]);
};

/**
 * Lets the deletion begin, once: the tenant has been quiet, and what was exported since is all there was.
 * @throws Failure `deletion-too-early`, `invalid-request`
 */
const opened = async (entry: Registration, command: CommandOf<'erase'>, operator: Operator): Promise<Leaving> => {
  const { offboarding } = entry;
  if (!offboarding) return tooEarly('to be offboarded: begin with "tenants offboard"');
  if (offboarding.erasing) return { ...entry, offboarding: { ...offboarding, erasing: offboarding.erasing } };
  const session = openSession(entry.tenant);
  const quietAt = quietAtMs(offboarding, await session.get('status', 'status'));
  const waitSeconds = secondsUntil(quietAt, clock.now());
  if (waitSeconds === Number.POSITIVE_INFINITY) return tooEarly('to be suspended: repeat "tenants offboard"');
  if (waitSeconds > 0) return tooEarly(`to be quiet for ${waitSeconds} s more`);
  if (requireExport(entry, command.export, operator) < quietAt)
    return tooEarly('to be exported again, now that nothing can change');
  const told = { at: toIso(clock.now()), event: newId('evt') };
  const erasing = { ...told, export: command.export, manifest: command.manifest, counts: {} };
  const saved = await saveRegistration({ ...entry, offboarding: { ...offboarding, erasing } }, entry.version);
  return { ...saved, offboarding: { ...offboarding, erasing } };
};

/** The first items that are left in any collection, in the order in which they are deleted. */
const firstLeft = async (session: CommittingSession) => {
  for (const collection of erasedCollections) {
    const { positions } = await session.list(collection, { limit: batchMost });
    const last = positions.at(-1);
    if (last) return { collection, count: positions.length, upTo: last.key };
  }
  return undefined;
};

/** A key is never empty, and none begins with a space. */
const lowest = ' ';

const eraseUpTo = async (session: CommittingSession, collection: ErasedCollection, upTo: string): Promise<void> => {
  for (let more = true; more; ) {
    const { positions, next } = await session.list(collection, { between: [lowest, upTo], limit: batchMost });
    await session.erase(
      collection,
      positions.map(({ key }) => key),
    );
    more = next !== undefined;
  }
};

/** Counts the next items in the registry and then deletes them: whoever repeats it deletes, and does not count again. */
const eraseBatch = async (session: CommittingSession, leaving: Leaving): Promise<Leaving | undefined> => {
  const { offboarding } = leaving;
  const { counts, batch } = offboarding.erasing;
  if (batch) await eraseUpTo(session, batch.collection, batch.upTo);
  const left = await firstLeft(session);
  if (!left) return undefined;
  const { collection, count, upTo } = left;
  const counted = { ...counts, [collection]: (counts[collection] ?? 0) + count };
  const erasing = { ...offboarding.erasing, counts: counted, batch: { collection, upTo } };
  const saved = await saveRegistration({ ...leaving, offboarding: { ...offboarding, erasing } }, leaving.version);
  return { ...saved, offboarding: { ...offboarding, erasing } };
};

/**
 * Deletes what a tenant has, as much as fits into one call: call it again while `next`. Safe after a crash at any point.
 * Audit events stay until they expire. The last call leaves the receipt.
 * @throws Failure `tenant-not-found`, `deletion-too-early`, `version-mismatch` when two operators delete at once
 */
export const eraseTenant = async (command: CommandOf<'erase'>, operator: Operator): Promise<Erased> => {
  const entry = await findEntry(command.slug);
  if (!entry) throw new Failure('tenant-not-found');
  if (isReceipt(entry)) return { deleted: entry.deleted, next: false, receipt: entry };
  const begunMs = clock.now();
  let leaving = await opened(entry, command, operator);
  const { tenant, offboarding } = leaving;
  const session = openSession(tenant);
  const { at, event, export: exportKey, manifest } = offboarding.erasing;
  const details = { export: exportKey, manifest };
  await once(
    session.commit([auditOf(operator, { action: 'tenant.erasing', subject: tenant, details, told: { at, event } })]),
  );
  while (clock.now() - begunMs < msEnough) {
    const further = await eraseBatch(session, leaving);
    if (!further) {
      const receipt = await endOffboarding(leaving, operator, async () => (await firstLeft(session)) === undefined);
      return { deleted: receipt.deleted, next: false, receipt };
    }
    leaving = further;
  }
  return { deleted: leaving.offboarding.erasing.counts, next: true };
};
