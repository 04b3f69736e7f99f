/** Writes docs/errors from the table of errors: `node --import tsx bin/error-pages.ts`, after a change to it. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { errorCodes } from '../lambdas/kernel/errors.ts';
import { errorIndex, errorPage } from './error-page.ts';

const folder = join(import.meta.dirname, '..', 'docs', 'errors');

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'README.md'), errorIndex());
for (const code of errorCodes) writeFileSync(join(folder, `${code}.md`), errorPage(code));
process.stdout.write(
  `Wrote ${errorCodes.length} pages to ${relative(process.cwd(), folder)}. Commit them with the table they describe.\n`,
);
