import type { Context, DynamoDBStreamEvent } from 'aws-lambda';
import { archiveKey } from '../model/archive.ts';
import { withinDeadline } from '../platform/deadline.ts';
import { log, reportSecurityEvent } from '../platform/log.ts';
import { observed } from '../platform/observed.ts';
import { archiveChanges, type Memory } from './archive-changes.ts';
import type { ArchiveStore } from './archive-store.ts';
import { changedEvents } from './changed-events.ts';
import type { ArchiveFault } from './find-tip.ts';
import { moveHead, readHead } from './head-item.ts';
import { addObject, firstAfter, readObject } from './locked-objects.ts';
import { parseChanges } from './parse-changes.ts';

const store: ArchiveStore = { head: readHead, moveHead, firstAfter, read: readObject, add: addObject };
const memory: Memory = {};

const tellOfArchive = ({ what, sequence }: ArchiveFault): void =>
  reportSecurityEvent({ event: 'audit-event-changed', what, subject: archiveKey(sequence) });

/**
 * Copies a batch of the audit table's stream into the locked bucket. What it throws makes Lambda repeat the batch, in
 * halves, until it is done or too old; then it waits as a dead letter. A repetition is harmless.
 */
export const handler = observed(async (event: DynamoDBStreamEvent, context: Context): Promise<void> => {
  const changes = parseChanges(event);
  try {
    await withinDeadline(context, () => archiveChanges(store, changes, memory, tellOfArchive));
    log('info', 'archived', { changes: changes.length, sequence: memory.tip?.sequence });
  } finally {
    // After the copy, so that who is paged finds it there; and also without it.
    for (const changed of changedEvents(changes)) reportSecurityEvent({ event: 'audit-event-changed', ...changed });
  }
});
