import { displayWidth, fitted } from './command-line/display-width.ts';
import { harmless } from './command-line/harmless.ts';

export interface Look {
  /** Columns of the terminal; nothing is cut without it. */
  readonly width?: number | undefined;
  /** Titles of columns that may be cut to fit. Others never are: ids are there to be copied. */
  readonly flexible?: readonly string[];
  /** Colours a padded cell, or a title where `value` is absent. */
  readonly paint?: (padded: string, title: string, value?: string) => string;
}

const gap = 2;
const narrowest = 10;

/** Takes one column after the other from the widest that may be cut, until all fit or nothing is left to take. */
const fittedWidths = (columns: readonly string[], natural: readonly number[], { width, flexible = [] }: Look) => {
  const widths = [...natural];
  const over = (): number => widths.reduce((sum, each) => sum + each + gap, -gap) - (width ?? Number.POSITIVE_INFINITY);
  const cuttable = columns.flatMap((title, at) => (flexible.includes(title) ? [at] : []));
  while (over() > 0) {
    const widest = cuttable.reduce((a, b) => ((widths[b] ?? 0) > (widths[a] ?? 0) ? b : a), cuttable[0] ?? -1);
    if ((widths[widest] ?? 0) <= narrowest) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
};

/**
 * Rows as aligned columns for a terminal. Cells are one line each, and harmless whoever wrote them.
 */
export const asTable = (columns: readonly string[], rows: readonly (readonly string[])[], look: Look = {}): string => {
  const { paint = (padded: string) => padded } = look;
  const cells = rows.map((row) => row.map(harmless));
  const natural = columns.map((title, at) =>
    Math.max(title.length, ...cells.map((row) => displayWidth(row[at] ?? ''))),
  );
  const widths = fittedWidths(columns, natural, look);
  const padded = (cell: string, at: number): string => {
    const text = fitted(cell, widths[at] ?? 0);
    return at === columns.length - 1 ? text : text + ' '.repeat((widths[at] ?? 0) - displayWidth(text));
  };
  const line = (row: readonly string[], isTitle: boolean): string =>
    row
      .map((cell, at) => paint(padded(cell, at), columns[at] ?? '', isTitle ? undefined : cell))
      .join(' '.repeat(gap))
      .trimEnd();
  return [line(columns, true), ...cells.map((row) => line(row, false))].join('\n');
};
