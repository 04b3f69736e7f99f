import { Failure } from '../kernel/errors.ts';
import { openSession } from '../platform/tenant-session.ts';
import { beginExport } from './begin-export.ts';
import { beginOffboarding } from './begin-offboarding.ts';
import { changeState } from './change-state.ts';
import { Command } from './commands.ts';
import { confirmTenant, createTenant } from './create-tenant.ts';
import { eraseTenant } from './erase-tenant.ts';
import { migrateTenant } from './migrate-tenant.ts';
import type { Operator } from './operator.ts';
import { findEntry, isReceipt, listEntries } from './registry.ts';
import { reissueToken } from './reissue-token.ts';
import { revokeToken } from './revoke-token.ts';
import { serveOperators } from './serve-operators.ts';
import { steps } from './steps.ts';

const show = async (slug: string) => {
  const entry = await findEntry(slug);
  if (!entry) throw new Failure('tenant-not-found');
  if (isReceipt(entry)) return { receipt: entry };
  const status = await openSession(entry.tenant).get('status', 'status');
  const state = entry.offboarding ? entry.state : (status?.state ?? entry.state);
  return { registration: { ...entry, state }, reason: status?.reason };
};

const run = async (command: Command, operator: Operator): Promise<unknown> => {
  switch (command.command) {
    case 'create':
      return { ...(await createTenant(command, operator)), steps };
    case 'reissue':
      return { ...(await reissueToken(command, operator)), steps };
    case 'revoke-token':
      return revokeToken(command, operator);
    case 'confirm':
      return { registration: await confirmTenant(command) };
    case 'list':
      return listEntries(command.after);
    case 'show':
      return show(command.slug);
    case 'export':
      return beginExport(command, operator);
    case 'offboard':
      return beginOffboarding(command, operator);
    case 'erase':
      return eraseTenant(command, operator);
    case 'migrate':
      return migrateTenant(command, operator);
    case 'suspend':
    case 'resume':
      return { registration: await changeState(command, operator) };
  }
};

/** The operators' entrance: a function URL that only IAM identities of the account can call. */
export const handler = serveOperators(Command, run);
