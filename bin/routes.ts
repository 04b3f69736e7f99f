import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { contract } from '../lambdas/contract.ts';
import { openApiOf } from '../lambdas/openapi.ts';
import { routesJson, routeTable } from './route-table.ts';

const help = `npm run routes -- [option]

Prints every route of the API: what it needs, what it writes to the audit trail, what it touches.

  --json      the same for programs
  --openapi   the OpenAPI 3.1 document
  --write     writes that document to docs/openapi.json, after a change to a route or schema
  --help      this text
`;

const tour = `
  ! the credential is checked anew at every call   * changes things of this collection

lambdas/contract.ts is everything it answers; a folder of lambdas/features/ is how; lib/stacks/ is where it runs;
lib/detections/index.ts is what it watches.
`;

const root = join(import.meta.dirname, '..');
const file = join(root, 'docs', 'openapi.json');
const documentText = (): string => `${JSON.stringify(openApiOf(contract), null, 2)}\n`;

/** In the format that `npm run check` wants of every file. */
const write = (): string => {
  writeFileSync(file, documentText());
  execFileSync(join(root, 'node_modules', '.bin', 'biome'), ['format', '--write', file], { stdio: 'pipe' });
  return `Wrote ${relative(process.cwd(), file)}. Commit it with the route it describes.\n`;
};

const output = (): string => {
  const flag = { type: 'boolean' } as const;
  const { values } = parseArgs({ options: { json: flag, openapi: flag, write: flag, help: flag } });
  if (values.help) return help;
  if (values.json) return `${routesJson(contract)}\n`;
  if (values.openapi) return documentText();
  if (values.write) return write();
  return `${routeTable(contract)}\n${tour}`;
};

try {
  process.stdout.write(output());
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\nSee npm run routes -- --help\n`);
  process.exitCode = 1;
}
