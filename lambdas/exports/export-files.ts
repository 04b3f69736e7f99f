import { monthOf } from '../kernel/audit-event.ts';
import type { ListRequest } from '../kernel/session.ts';
import { type ExportedCollection, exported } from './exported.ts';

/** A file of an export: a collection, of audit events one month. */
export interface ExportFile {
  readonly collection: ExportedCollection;
  readonly request: Pick<ListRequest, 'prefix' | 'between' | 'month'>;
}

const monthAfter = (month: string): string => {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
};

const things = Object.entries(exported).flatMap(([name, value]) =>
  typeof value === 'string' || name === 'audit' ? [] : [[name as ExportedCollection, value.prefix] as const],
);

/**
 * The names of all files of an export: `services`, `audit-2026-11`. Months from that of the oldest event that can be
 * left to that of the event that tells of the export.
 */
export const exportFileNames = (oldest: string, until: string): readonly string[] => {
  const names = things.map(([name]): string => name);
  for (let month = monthOf(oldest); month <= monthOf(until); month = monthAfter(month)) names.push(`audit-${month}`);
  return names;
};

/** What is read for a file. @param until key of the audit event that tells of the export, the last one in it */
export const exportFileNamed = (name: string, until: string): ExportFile | undefined => {
  const month = /^audit-(\d{4}-\d{2})$/.exec(name)?.[1];
  if (month !== undefined) return { collection: 'audit', request: { month, between: [' ', until] } };
  const [collection, prefix] = things.find(([each]) => each === name) ?? [];
  return collection && { collection, request: { prefix: prefix ?? '' } };
};
