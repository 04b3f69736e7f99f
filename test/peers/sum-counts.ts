/** The closing line of .ci/run: `node --import tsx test/peers/sum-counts.ts <other failures> <jest report>…`. */
import { existsSync, readFileSync } from 'node:fs';
import { countsOf, type JestReport } from './counts.ts';

const [otherFailures, ...files] = process.argv.slice(2);
const reports = files.filter(existsSync).map((file) => JSON.parse(readFileSync(file, 'utf8')) as JestReport);
const { passed, failed, skipped } = countsOf(reports);
const all = failed + Number(otherFailures);
process.stdout.write(`${passed} passed, ${all} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
process.exitCode = all === 0 ? 0 : 1;
