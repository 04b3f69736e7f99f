import { Failure } from '../kernel/errors.ts';
import type { Item, Position } from '../kernel/session.ts';
import { toIso } from '../kernel/use-case.ts';
import { clock } from '../platform/clock.ts';
import { environment } from '../platform/environment.ts';
import { newId } from '../platform/random.ts';
import { type CommittingSession, openSession } from '../platform/tenant-session.ts';
import type { CommandOf } from './commands.ts';
import { type ExportFile, exportFiles } from './export-files.ts';
import { type Exported, exported, leftOut } from './exported.ts';
import { auditOf, type Operator } from './operator.ts';
import { findRegistration, type Registration } from './registry.ts';

const dayMs = 86_400_000;
/** Lambda answers 6 MB at most, in which our text stands as a text. A page of DynamoDB adds 1 MB to this, or less. */
const bytesEnough = 1_000_000;
/** Of the function's 30 seconds. */
const msEnough = 10_000;

/** What there was when the export was told of, however much later a page is asked for. */
const filesUntil = ({ createdAt }: Registration, until: string): readonly ExportFile[] => {
  const at = Date.parse(until.slice(0, until.indexOf('#')));
  return exportFiles({ createdAt, oldest: toIso(at - environment.auditRetentionDays() * dayMs), until });
};

/** Tells the tenant's audit trail, and only then says what there is to read. @throws Failure `tenant-not-found` */
export const beginExport = async ({ slug }: CommandOf<'export'>, operator: Operator) => {
  const registration = await findRegistration(slug);
  if (!registration) throw new Failure('tenant-not-found');
  const { tenant } = registration;
  const told = { event: newId('evt'), at: toIso(clock.now()) };
  await openSession(tenant).commit([auditOf(operator, { action: 'tenant.exported', subject: tenant, told })]);
  const key = `${told.at}#${told.event}`;
  return {
    slug,
    tenant,
    export: key,
    at: told.at,
    files: filesUntil(registration, key).map(({ name }) => name),
    leftOut,
  };
};

/**
 * The audit event of an export that this operator began within a day. Nothing is read without one.
 * @throws Failure `invalid-request`
 */
export const requireExport = async (session: CommittingSession, key: string, operator: Operator): Promise<Item> => {
  const event = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z#evt_\w+$/.test(key) ? await session.get('audit', key) : undefined;
  const isOwn = event?.action === 'tenant.exported' && event.principal === operator.arn;
  if (!event || !isOwn || Date.parse(String(event.at)) + dayMs < clock.now())
    throw new Failure('invalid-request', [
      { field: 'body.export', expected: 'an export that you began less than a day ago: begin a new one' },
    ]);
  return event;
};

/** What goes over the wire: the answer is JSON, and stands as a text in the JSON that Lambda sends. */
const bytesOf = (items: readonly unknown[]): number => Buffer.byteLength(JSON.stringify(JSON.stringify(items)));

const readSome = async (session: CommittingSession, { collection, request }: ExportFile, after?: string) => {
  const { lineOf }: Exported = exported[collection];
  const begun = clock.now();
  const items: unknown[] = [];
  let next: Position | undefined = after === undefined ? undefined : { key: after };
  do {
    const page = await session.list(collection, { ...request, limit: 200, ...(next && { after: next }) });
    items.push(...page.items.flatMap((item) => lineOf(item, clock.now()) ?? []));
    next = page.next;
  } while (next && bytesOf(items) < bytesEnough && clock.now() - begun < msEnough);
  return { items, ...(next && { next: next.key }) };
};

/** As much of one file as fits into an answer. @throws Failure `tenant-not-found`, `invalid-request` */
export const exportPage = async (command: CommandOf<'export-page'>, operator: Operator) => {
  const registration = await findRegistration(command.slug);
  if (!registration) throw new Failure('tenant-not-found');
  const session = openSession(registration.tenant);
  await requireExport(session, command.export, operator);
  const file = filesUntil(registration, command.export).find(({ name }) => name === command.file);
  if (!file) throw new Failure('invalid-request', [{ field: 'body.file', expected: 'a file of the export' }]);
  return readSome(session, file, command.after);
};
