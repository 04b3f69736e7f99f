import { type Item, putIf } from '../kernel/session.ts';
import { toIso } from '../kernel/use-case.ts';
import { clock } from '../platform/clock.ts';
import type { CommittingSession } from '../platform/tenant-session.ts';
import { type Operator, operatorAudit } from './operator.ts';

interface Wanted {
  readonly state: 'active' | 'suspended';
  readonly reason: string;
}

/**
 * Makes a tenant's status what is wanted, with its audit event; changes nothing where it is so already. Resolves to the
 * status as it is then, undefined where the tenant has none yet.
 * @throws Failure `version-mismatch` when somebody else changed it at the same time
 */
export const setState = async (
  session: CommittingSession,
  { state, reason }: Wanted,
  operator: Operator,
): Promise<Item | undefined> => {
  const status = await session.get('status', 'status');
  if (!status || status.state === state) return status;
  const version = Number(status.version);
  const next = { ...status, state, reason, since: toIso(clock.now()), version: version + 1 };
  await session.commit([
    putIf('status', 'status', next, { version }, 'version-mismatch'),
    operatorAudit(operator, state === 'active' ? 'tenant.resumed' : 'tenant.suspended', session.tenant, { reason }),
  ]);
  return next;
};
