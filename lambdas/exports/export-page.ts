import * as z from 'zod';
import { Failure } from '../kernel/errors.ts';
import type { Position } from '../kernel/session.ts';
import type { Operator } from '../operators/operator.ts';
import { findRegistration } from '../operators/registry.ts';
import { requireExport } from '../operators/require-export.ts';
import { Key, Slug } from '../operators/words.ts';
import { clock } from '../platform/clock.ts';
import { type CommittingSession, openSession } from '../platform/tenant-session.ts';
import { type ExportFile, exportFileNamed } from './export-files.ts';
import { type Exported, exported } from './exported.ts';

/** Asks for a piece of one file, from behind where the last one ended. */
export const PageCommand = z.strictObject({
  command: z.literal('export-page'),
  slug: Slug,
  export: Key,
  file: z.string().max(40),
  after: Key.optional(),
});

/** Lambda answers 6 MB at most, in which our text stands as a text. A page of DynamoDB adds 1 MB to this, or less. */
const bytesEnough = 1_000_000;
/** Of the function's 15 seconds. */
const msEnough = 6_000;

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

/**
 * As much of one file as fits into an answer, of an export that was told to the audit trail.
 * @throws Failure `tenant-not-found`, `tenant-offboarded`, `invalid-request`
 */
export const exportPage = async (command: z.output<typeof PageCommand>, operator: Operator) => {
  const registration = await findRegistration(command.slug);
  if (!registration) throw new Failure('tenant-not-found');
  requireExport(registration, command.export, operator);
  const file = exportFileNamed(command.file, command.export);
  if (!file) throw new Failure('invalid-request', [{ field: 'body.file', expected: 'a file of the export' }]);
  return readSome(openSession(registration.tenant), file, command.after);
};
