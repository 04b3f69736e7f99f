import { Failure } from '../kernel/errors.ts';
import { putIf } from '../kernel/session.ts';
import { toIso } from '../kernel/use-case.ts';
import { clock } from '../platform/clock.ts';
import { openSession } from '../platform/tenant-session.ts';
import type { CommandOf } from './commands.ts';
import { type Operator, operatorAudit } from './operator.ts';
import { findRegistration, type Registration, saveRegistration } from './registry.ts';

const wanted = { suspend: 'suspended', resume: 'active' } as const;

/**
 * Suspends or resumes a tenant. Takes hold when the gateway's remembered answers expire: the revoke-to-deny bound.
 * Repeating it changes nothing and writes no second audit event.
 */
export const changeState = async (
  { command, slug, reason }: CommandOf<'suspend'> | CommandOf<'resume'>,
  operator: Operator,
): Promise<Registration> => {
  const registration = await findRegistration(slug);
  if (!registration) throw new Failure('tenant-not-found');
  const session = openSession(registration.tenant);
  const status = await session.get('status', 'status');
  if (!status) throw new Failure('tenant-not-found');
  const state = wanted[command];
  if (status.state !== state) {
    const version = Number(status.version);
    const next = { ...status, state, reason, since: toIso(clock.now()), version: version + 1 };
    await session.commit([
      putIf('status', 'status', next, { version }, 'version-mismatch'),
      operatorAudit(operator, state === 'active' ? 'tenant.resumed' : 'tenant.suspended', registration.tenant, {
        reason,
      }),
    ]);
  }
  return registration.state === state
    ? registration
    : saveRegistration({ ...registration, state }, registration.version);
};
