/** One line of `npm run bench`: what a budget of the design is, and what was measured here and now. */
export interface Row {
  readonly what: string;
  readonly budget: string;
  readonly measured: string;
  /** Measured over budget: at most 1 keeps it. */
  readonly share: number;
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

export const print = (rows: readonly Row[]): string => {
  const cells = rows.map(({ what, budget, measured, share }) => [
    what,
    budget,
    measured,
    share.toFixed(2),
    share <= 1 ? 'kept' : 'OVER',
  ]);
  const table = [['what', 'budget', 'measured', 'of budget', ''], ...cells];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};

export const progress = (text: string): void => {
  process.stderr.write(`${text}\n`);
};
