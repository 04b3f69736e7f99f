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
lambdas/contract.ts is everything it answers; a folder of lambdas/features/ is how; lib/stacks/ is where it runs;
lib/detections/index.ts is what it watches.
`;

const file = join(import.meta.dirname, '..', 'docs', 'openapi.json');
const documentText = (): string => `${JSON.stringify(openApiOf(contract), null, 2)}\n`;

const print = (text: string): void => {
  process.stdout.write(text);
};

const write = (): void => {
  writeFileSync(file, documentText());
  print(`Wrote ${relative(process.cwd(), file)}. Commit it with the route it describes.\n`);
};

const options = { json: { type: 'boolean' }, openapi: { type: 'boolean' }, write: { type: 'boolean' } } as const;

const run = (): void => {
  const { values } = parseArgs({ options: { ...options, help: { type: 'boolean' } } });
  if (values.help) return print(help);
  if (values.json) return print(`${routesJson(contract)}\n`);
  if (values.openapi) return print(documentText());
  if (values.write) return write();
  print(`${routeTable(contract)}\n${tour}`);
};

try {
  run();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\nSee npm run routes -- --help\n`);
  process.exitCode = 1;
}
