import { Failure } from '../kernel/errors.ts';
import { toIso } from '../kernel/use-case.ts';
import { clock } from '../platform/clock.ts';
import { environment } from '../platform/environment.ts';
import { newId } from '../platform/random.ts';
import { openSession } from '../platform/tenant-session.ts';
import type { Receipt } from './offboarding.ts';
import { once } from './once.ts';
import { auditOf, type Operator } from './operator.ts';
import { type Registration, saveReceipt, saveRegistration } from './registry.ts';

const dayMs = 86_400_000;
const daysAfter = (at: string, days: number): string => toIso(Date.parse(at) + days * dayMs);

/**
 * Ends an offboarding: notes the end, reads every collection once more, tells the audit trail, and puts the receipt into
 * the tenant's place. Repeating it ends in the same receipt.
 * @param isEmpty reads every collection
 * @throws Failure `unavailable` when something is left: the next call deletes it
 */
export const endOffboarding = async (
  registration: Registration,
  operator: Operator,
  isEmpty: () => Promise<boolean>,
): Promise<Receipt> => {
  const { slug, tenant, createdAt, offboarding } = registration;
  if (!offboarding?.erasing) throw new Error('It was never begun.');
  const { counts: deleted, manifest } = offboarding.erasing;
  const told = offboarding.ended ?? { at: toIso(clock.now()), event: newId('evt') };
  const noted = offboarding.ended
    ? registration
    : await saveRegistration({ ...registration, offboarding: { ...offboarding, ended: told } }, registration.version);
  if (!(await isEmpty())) throw new Failure('unavailable');
  const { reason, by } = offboarding;
  const deed = { action: 'tenant.offboarded', subject: tenant, details: { reason, deleted, manifest }, told };
  await once(openSession(tenant).commit([auditOf(operator, deed)]));
  const recoveryDays = environment.recoveryDays();
  return saveReceipt(
    {
      slug,
      tenant,
      state: 'offboarded',
      reason,
      createdAt,
      offboardedAt: told.at,
      offboardedBy: by,
      deleted,
      manifest,
      auditKeptUntil: daysAfter(told.at, environment.auditRetentionDays()),
      ...(recoveryDays > 0 && { recoverableUntil: daysAfter(told.at, recoveryDays) }),
    },
    noted.version,
  );
};
