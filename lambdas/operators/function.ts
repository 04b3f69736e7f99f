import type { APIGatewayProxyEventV2, APIGatewayProxyResult } from 'aws-lambda';
import { Failure, type FieldError } from '../kernel/errors.ts';
import { fieldErrorsOf } from '../model/field-errors.ts';
import { bodyLimits, parseJsonText } from '../model/json-text.ts';
import { answer, answerProblem } from '../platform/answer.ts';
import { withinDeadline } from '../platform/deadline.ts';
import { failureOf } from '../platform/failure-of.ts';
import { log, reportSecurityEvent } from '../platform/log.ts';
import { observed } from '../platform/observed.ts';
import { openSession } from '../platform/tenant-session.ts';
import { beginOffboarding } from './begin-offboarding.ts';
import { changeState } from './change-state.ts';
import { Command } from './commands.ts';
import { confirmTenant, createTenant } from './create-tenant.ts';
import { eraseTenant } from './erase-tenant.ts';
import { beginExport, exportPage } from './export-tenant.ts';
import { migrateTenant } from './migrate-tenant.ts';
import { type Operator, operatorOf } from './operator.ts';
import { findEntry, isReceipt, listEntries } from './registry.ts';
import { reissueToken } from './reissue-token.ts';
import { revokeToken } from './revoke-token.ts';
import { steps } from './steps.ts';

const refused = (fields: readonly FieldError[]): never => {
  throw new Failure('invalid-request', fields);
};

const parseCommand = (event: APIGatewayProxyEventV2): Command => {
  const text = event.isBase64Encoded ? Buffer.from(event.body ?? '', 'base64').toString() : (event.body ?? '');
  if (Buffer.byteLength(text) > bodyLimits.bytes) throw new Failure('payload-too-large');
  const parsed = parseJsonText(text);
  if ('refused' in parsed) return refused([parsed.refused]);
  const command = Command.safeParse(parsed.value);
  return command.success ? command.data : refused(fieldErrorsOf('body', command.error));
};

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
    case 'export-page':
      return exportPage(command, operator);
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
export const handler = observed(async (event: APIGatewayProxyEventV2, context): Promise<APIGatewayProxyResult> => {
  const operator = operatorOf(event);
  if (!operator) {
    reportSecurityEvent({ event: 'assertion-refused', reason: 'no operator' });
    return answerProblem('unauthenticated');
  }
  const told: { command?: string; slug?: string } = {};
  try {
    const command = parseCommand(event);
    told.command = command.command;
    if ('slug' in command) told.slug = command.slug;
    const body = await withinDeadline(context, () => run(command, operator));
    log('info', 'operator', { ...told, operator: operator.arn });
    return answer({ status: 200, body });
  } catch (error) {
    log('warn', 'operator refused', { ...told, operator: operator.arn });
    return failureOf(error);
  }
});
