/**
 * `npm run test:peers`: the running twin against independent programs. What is not on this machine is named with the
 * command that installs it, and skipped. `--outputFile=<file>` leaves
 * jest's report in the place of the closing line; other arguments go to jest.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { countsLine, countsOf, type JestReport, skippedIn } from './counts.ts';

const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'peers-'));
const option = '--outputFile=';
const [kept] = process.argv.filter((argument) => argument.startsWith(option));
const reportFile = kept?.slice(option.length) ?? join(folder, 'report.json');

const jest = [join(root, 'node_modules/jest/bin/jest.js'), '--config', join(import.meta.dirname, 'jest.config.js')];
const { status } = spawnSync(
  process.execPath,
  [...jest, '--json', `${option}${reportFile}`, ...process.argv.slice(2).filter((argument) => argument !== kept)],
  // With --json, jest writes for people to standard error; what it writes to standard output is in the file.
  { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, NODE_OPTIONS: '--no-warnings' } },
);
const reports = existsSync(reportFile) ? [JSON.parse(readFileSync(reportFile, 'utf8')) as JestReport] : [];
rmSync(folder, { recursive: true, force: true });

const skipped = reports.flatMap(skippedIn);
if (skipped.length > 0)
  process.stdout.write(`\nNot run on this machine:\n${skipped.map((name) => `  ${name}\n`).join('')}\n`);
const counts = reports.length > 0 ? countsOf(reports) : { passed: 0, failed: 1, skipped: 0 };
if (kept === undefined) process.stdout.write(`${countsLine(counts)}\n`);
process.exitCode = status === 0 && counts.failed === 0 ? 0 : 1;
