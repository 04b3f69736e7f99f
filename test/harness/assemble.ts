/** Synthesizes and bundles stage `local` for the tests: `node --import tsx test/harness/assemble.ts <folder>`. */
import { synthesize } from '../../lib/synthesize.ts';

synthesize('local', process.argv[2] ?? '');
