import { Failure } from '../kernel/errors.ts';
import { toIso } from '../kernel/use-case.ts';
import { clock } from '../platform/clock.ts';
import { newId } from '../platform/random.ts';
import { openSession } from '../platform/tenant-session.ts';
import type { CommandOf } from './commands.ts';
import { offboardingSteps } from './offboarding.ts';
import { once } from './once.ts';
import { auditOf, type Operator } from './operator.ts';
import { quietAtMs, secondsUntil } from './quiet.ts';
import { findEntry, isReceipt, type Receipt, type Registration, saveRegistration } from './registry.ts';
import { setState } from './set-state.ts';

export interface Begun {
  readonly registration?: Registration;
  /** It was offboarded before. */
  readonly receipt?: Receipt;
  /** How long it is not quiet yet. Deletion is refused until then. */
  readonly waitSeconds: number;
  /** Since when nothing in it changes any more. */
  readonly quietAt?: string;
  readonly steps: typeof offboardingSteps;
}

const noted = async (slug: string, reason: string, operator: Operator): Promise<Registration | Receipt> => {
  const entry = await findEntry(slug);
  if (!entry) throw new Failure('tenant-not-found');
  if (isReceipt(entry) || entry.offboarding) return entry;
  const begun = { at: toIso(clock.now()), event: newId('evt') };
  const offboarding = { begun, by: operator.arn, reason };
  return saveRegistration({ ...entry, state: 'offboarding', offboarding }, entry.version);
};

/**
 * Begins to offboard a tenant: notes it in the registry, so that no operator gives it anything new, and suspends it.
 * Repeating it says how long to wait. "tenants resume" takes it back until the deletion begins.
 * @throws Failure `tenant-not-found`, `version-mismatch`
 */
export const beginOffboarding = async (command: CommandOf<'offboard'>, operator: Operator): Promise<Begun> => {
  const entry = await noted(command.slug, command.reason, operator);
  if (isReceipt(entry)) return { receipt: entry, waitSeconds: 0, steps: offboardingSteps };
  const { tenant, offboarding } = entry;
  if (!offboarding || offboarding.erasing) return { registration: entry, waitSeconds: 0, steps: offboardingSteps };
  const session = openSession(tenant);
  const { reason, begun } = offboarding;
  const status = await setState(session, { state: 'suspended', reason }, operator);
  const deed = { action: 'tenant.offboarding', subject: tenant, details: { reason }, told: begun };
  await once(session.commit([auditOf(operator, deed)]));
  const quietAt = quietAtMs(offboarding, status);
  const waitSeconds = secondsUntil(quietAt, clock.now());
  return { registration: entry, waitSeconds, quietAt: toIso(quietAt), steps: offboardingSteps };
};
