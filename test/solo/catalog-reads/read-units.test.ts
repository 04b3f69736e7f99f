import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Measured } from '../../../bench/queries.ts';
import { queryShapes } from '../../harness/query-shapes.ts';

const root = resolve(import.meta.dirname, '../../..');
let measured: ReadonlyMap<string, Measured>;

/** As `npm run bench -- --queries` does, in a process of its own. */
beforeAll(async () => {
  const args = ['--import', 'tsx', join(root, 'bench/index.ts'), '--queries', '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: root,
    maxBuffer: 2 ** 24,
    env: { ...process.env, NODE_OPTIONS: '--no-warnings' },
  });
  measured = new Map((JSON.parse(stdout) as Measured[]).map((each) => [each.name, each]));
}, 240_000);

it('every query shape was measured, and most of them found something', () => {
  expect([...measured.keys()]).toEqual(queryShapes.map(({ name }) => name));
  expect([...measured.values()].filter(({ items }) => items > 0).length).toBeGreaterThan(queryShapes.length / 2);
});

it.each(queryShapes)(
  'at 10,000 services $name costs at most $units read units a page, and scans nothing',
  ({ name, units }) => {
    const { units: used = Number.NaN, scans } = measured.get(name) ?? {};
    expect(used).toBeGreaterThan(0);
    expect(used).toBeLessThanOrEqual(units);
    expect(scans).toBe(0);
  },
);

it('docs/performance.md has the budget of each', () => {
  const page = readFileSync(join(root, 'docs/performance.md'), 'utf8');
  for (const { name, units } of queryShapes) expect(page).toContain(`| ${name} | ${units} |`);
});
