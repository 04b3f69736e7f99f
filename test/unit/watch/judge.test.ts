import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { judge, type MissingData } from '../../../local/watch/alarms/judge.ts';

/** A row of AWS's tables. `keep` is "retain current state". */
interface Row {
  /** Newest on the right: 0 is not breaching, X is breaching, - is missing. */
  readonly points: string;
  readonly datapointsToAlarm: number;
  readonly evaluationPeriods: number;
  readonly expected: Readonly<Record<MissingData, string>>;
  readonly note: string;
}

const rows: readonly Row[] = JSON.parse(readFileSync(join(import.meta.dirname, 'cases/missing-data.json'), 'utf8'));
const treatments: readonly MissingData[] = ['missing', 'ignore', 'breaching', 'notBreaching'];
const meaning = { '0': false, X: true, '-': undefined };
type Point = keyof typeof meaning;
const rangeOf = (points: readonly string[]) => points.map((point) => meaning[point as Point]);

const table = rows.flatMap((row) =>
  treatments.map((missing) => ({ ...row, missing, wanted: row.expected[missing], N: row.evaluationPeriods })),
);

it.each(table)('$points, $datapointsToAlarm of $N, $missing: $wanted ($note)', ({ points, wanted, ...rule }) => {
  expect(judge(rangeOf(points.split(' ')), rule).value ?? 'keep').toBe(wanted);
});

/** Says the same as AWS's three rules, point by point and slowly. */
const reference = (points: readonly Point[], m: number, n: number, missing: MissingData): string => {
  const evaluated: Point[] = [];
  for (let index = points.length - 1; index >= 0 && evaluated.length < n; index -= 1) {
    const point = points[index];
    if (point !== undefined && point !== '-') evaluated.push(point);
  }
  while (evaluated.length < n) evaluated.push(missing === 'breaching' ? 'X' : missing === 'notBreaching' ? '0' : '-');
  const count = (wanted: Point) => evaluated.filter((point) => point === wanted).length;
  if (count('X') >= m) return 'ALARM';
  if (count('-') === 0 || count('0') > 0) return 'OK';
  if (missing === 'ignore') return 'keep';
  return points.slice(0, points.length - m + 1).includes('X') ? 'ALARM' : 'INSUFFICIENT_DATA';
};

it('judges every range as the rules say, for any M of N and each treatment', () => {
  const rule = fc.integer({ min: 1, max: 6 }).chain((n) =>
    fc.record({
      n: fc.constant(n),
      m: fc.integer({ min: 1, max: n }),
      points: fc.array(fc.constantFrom<Point>('0', 'X', '-', '-'), { minLength: n + 2, maxLength: n + 2 }),
      missing: fc.constantFrom(...treatments),
    }),
  );
  fc.assert(
    fc.property(rule, ({ n, m, points, missing }) => {
      const judged = judge(rangeOf(points), { evaluationPeriods: n, datapointsToAlarm: m, missing });
      expect(judged.value ?? 'keep').toBe(reference(points, m, n, missing));
    }),
    { numRuns: 2000 },
  );
});

it('needs no filling where enough data points are there: every treatment says the same', () => {
  const full = fc.array(fc.constantFrom<Point>('0', 'X'), { minLength: 3, maxLength: 5 });
  fc.assert(
    fc.property(full, (points) => {
      const range = rangeOf(['-', '-', ...points].slice(-5));
      const values = treatments.map((missing) => judge(range, { evaluationPeriods: 3, datapointsToAlarm: 2, missing }));
      expect(new Set(values.map(({ value }) => value)).size).toBe(1);
    }),
  );
});
