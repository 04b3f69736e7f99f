import { Failure } from '../kernel/errors.ts';
import type { CommandOf } from './commands.ts';
import { type Created, createTenant, issue } from './create-tenant.ts';
import type { Operator } from './operator.ts';
import { findStaying } from './registry.ts';
import { isAtLeast } from './steps.ts';

/**
 * Gives a tenant that has lost its last owner's token a new one, in the place of the first. Its reason is in the audit.
 * A tenant whose creation never ended is created to its end instead.
 */
export const reissueToken = async ({ slug, reason }: CommandOf<'reissue'>, operator: Operator): Promise<Created> => {
  const known = await findStaying(slug);
  if (!known) throw new Failure('tenant-not-found');
  if (isAtLeast(known.step, 'provisioned')) return issue(known, operator, reason);
  return createTenant({ command: 'create', slug, name: known.name, ownerEmail: known.ownerEmail }, operator);
};
