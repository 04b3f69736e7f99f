import { asTable } from '../table.ts';
import { type Style, type Terminal, terminalOf } from './terminal.ts';

/** A column: the property that it shows, and whether it may be cut to fit the terminal. */
export type Column = readonly [property: string, fit: 'whole' | 'cut'];

const styles: Readonly<Record<string, Style>> = {
  active: 'green',
  succeeded: 'green',
  deprecated: 'yellow',
  expired: 'yellow',
  started: 'yellow',
  failed: 'red',
  revoked: 'red',
  'rolled-back': 'red',
  retired: 'dim',
};

const titleOf = (property: string): string => property.replace(/[A-Z]/g, (letter) => ` ${letter}`).toUpperCase();

const dateTime = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/;

const cellOf = (value: unknown): string => {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(cellOf).join(' ');
  return String(value).replace(dateTime, '$1 $2Z');
};

/** A list for people, fitted to their terminal. */
export const listTable = (
  columns: readonly Column[],
  items: readonly unknown[],
  { width, paint }: Terminal = terminalOf(process.stdout),
): string => {
  const rows = (items as readonly Readonly<Record<string, unknown>>[]).map((item) =>
    columns.map(([property]) => cellOf(item[property])),
  );
  const hasState = (title: string): boolean => ['STATE', 'STATUS', 'LIFECYCLE'].includes(title);
  return asTable(
    columns.map(([property]) => titleOf(property)),
    rows,
    {
      width,
      flexible: columns.filter(([, fit]) => fit === 'cut').map(([property]) => titleOf(property)),
      paint: (padded, title, value) => {
        if (value === undefined) return paint('bold', padded);
        const style = hasState(title) ? styles[value] : undefined;
        return style ? paint(style, padded) : padded;
      },
    },
  );
};
