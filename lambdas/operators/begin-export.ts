import { exportFileNames } from '../exports/export-files.ts';
import { leftOut } from '../exports/exported.ts';
import { Failure } from '../kernel/errors.ts';
import { toIso } from '../kernel/use-case.ts';
import { clock } from '../platform/clock.ts';
import { environment } from '../platform/environment.ts';
import { newId } from '../platform/random.ts';
import { openSession } from '../platform/tenant-session.ts';
import type { CommandOf } from './commands.ts';
import { auditOf, type Operator } from './operator.ts';
import { findRegistration, saveRegistration } from './registry.ts';

const dayMs = 86_400_000;

/**
 * Tells the tenant's audit trail that an operator exports it, notes that in the registry, without which nothing is read,
 * and says which files there are.
 * @throws Failure `tenant-not-found`, `tenant-offboarded`, `version-mismatch`
 */
export const beginExport = async ({ slug }: CommandOf<'export'>, operator: Operator) => {
  const registration = await findRegistration(slug);
  if (!registration) throw new Failure('tenant-not-found');
  const { tenant, createdAt, version } = registration;
  const told = { event: newId('evt'), at: toIso(clock.now()) };
  await openSession(tenant).commit([auditOf(operator, { action: 'tenant.exported', subject: tenant, told })]);
  await saveRegistration({ ...registration, exported: { ...told, by: operator.arn } }, version);
  const oldestMs = clock.now() - environment.auditRetentionDays() * dayMs;
  const files = exportFileNames(toIso(Math.max(oldestMs, Date.parse(createdAt))), told.at);
  return { slug, tenant, export: `${told.at}#${told.event}`, at: told.at, files, leftOut };
};
