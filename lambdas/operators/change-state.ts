import { Failure } from '../kernel/errors.ts';
import { openSession } from '../platform/tenant-session.ts';
import type { CommandOf } from './commands.ts';
import type { Operator } from './operator.ts';
import { findRegistration, type Registration, saveRegistration } from './registry.ts';
import { setState } from './set-state.ts';

const wanted = { suspend: 'suspended', resume: 'active' } as const;

/** An offboarding whose deletion has not begun is taken back before the tenant may call again. */
const stayingFor = async (command: 'suspend' | 'resume', slug: string): Promise<Registration> => {
  const registration = await findRegistration(slug);
  if (!registration) throw new Failure('tenant-not-found');
  if (command === 'suspend' || !registration.offboarding) return registration;
  const { offboarding: _, ...rest } = registration;
  return saveRegistration({ ...rest, state: 'suspended' }, registration.version);
};

/**
 * Suspends or resumes a tenant. Takes hold when the gateway's remembered answers expire: the revoke-to-deny bound.
 * Repeating it changes nothing and writes no second audit event. Resuming takes back an offboarding, until its deletion
 * begins.
 */
export const changeState = async (
  { command, slug, reason }: CommandOf<'suspend'> | CommandOf<'resume'>,
  operator: Operator,
): Promise<Registration> => {
  const registration = await stayingFor(command, slug);
  const session = openSession(registration.tenant);
  const state = wanted[command];
  if (!(await setState(session, { state, reason }, operator))) throw new Failure('tenant-not-found');
  return registration.state === state || registration.offboarding
    ? registration
    : saveRegistration({ ...registration, state }, registration.version);
};
