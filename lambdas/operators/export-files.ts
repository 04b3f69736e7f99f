import { monthOf } from '../kernel/audit-event.ts';
import type { ListRequest } from '../kernel/session.ts';
import { type ExportedCollection, exported } from './exported.ts';

/** A file of an export: a collection, of audit events one month. */
export interface ExportFile {
  /** `services`, `audit-2026-11`. With `.ndjson` behind it, the name of the file. */
  readonly name: string;
  readonly collection: ExportedCollection;
  readonly request: Pick<ListRequest, 'prefix' | 'between' | 'month'>;
}

const monthAfter = (month: string): string => {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
};

/** From the month in which the tenant was created, or the oldest of which an event can be left. */
const monthsUntil = (last: string, createdAt: string, oldest: string): readonly string[] => {
  const months: string[] = [];
  for (let month = monthOf(createdAt > oldest ? createdAt : oldest); month <= last; month = monthAfter(month))
    months.push(month);
  return months;
};

interface Span {
  readonly createdAt: string;
  /** Nothing older is kept. */
  readonly oldest: string;
  /** Key of the audit event that tells of the export, the last one in it. */
  readonly until: string;
}

/** All files of an export. */
export const exportFiles = ({ createdAt, oldest, until }: Span): readonly ExportFile[] => {
  const collections = Object.entries(exported).flatMap(([name, value]) =>
    typeof value === 'string' || name === 'audit' ? [] : [{ name: name as ExportedCollection, prefix: value.prefix }],
  );
  return [
    ...collections.map(({ name, prefix }) => ({ name, collection: name, request: { prefix } })),
    ...monthsUntil(monthOf(until), createdAt, oldest).map((month) => ({
      name: `audit-${month}`,
      collection: 'audit' as const,
      request: { month, between: [' ', until] as const },
    })),
  ];
};
