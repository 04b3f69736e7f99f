import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { detections } from '../lib/detections/index.ts';
import { findStage } from '../lib/find-stage.ts';
import { detectionPage } from './detection-page.ts';
import { asTable } from './table.ts';

const help = `npm run detections -- [option]

Prints every detection: how grave it is, what fires it, where its runbook is.

  --write   writes docs/detections.md, after a change to lib/detections
  --help    this text
`;

const file = join(import.meta.dirname, '..', 'docs', 'detections.md');

const write = (): string => {
  writeFileSync(file, detectionPage(findStage('production')));
  return `Wrote ${relative(process.cwd(), file)}. Commit it with the detections it describes.\n`;
};

const list = (): string =>
  asTable(
    ['DETECTION', 'SEVERITY', 'CLOSES', 'GROUP', 'WHAT HAPPENED'],
    detections.map(({ name, severity, closes, group, title }) => [name, severity, closes, group ?? '-', title]),
  );

const output = (): string => {
  const flag = { type: 'boolean' } as const;
  const { values } = parseArgs({ options: { write: flag, help: flag } });
  if (values.help) return help;
  return values.write ? write() : `${list()}\n`;
};

try {
  process.stdout.write(output());
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\nSee npm run detections -- --help\n`);
  process.exitCode = 1;
}
