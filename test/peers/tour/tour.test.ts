import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { itWith } from '../programs.ts';
import { runProgram } from '../run-program.ts';
import { inOneOrder } from './in-one-order.ts';
import { masking } from './masked.ts';
import { npmStart, type Started } from './npm-start.ts';
import { parseTour, type TourCommand } from './parse-tour.ts';

const root = resolve(import.meta.dirname, '../../..');
const printedAddress = '127.0.0.1:4000';
const separator = '\u001e';

let data: string;
let started: Started | undefined;
beforeAll(() => {
  data = mkdtempSync(join(tmpdir(), 'tour-'));
});
afterAll(async () => {
  await started?.stop();
  rmSync(data, { recursive: true, force: true });
});

/** The tour's commands in one shell, after the lines that the screen says to paste. Resolves to what each printed. */
const runAll = async (pasted: string, commands: readonly TourCommand[]): Promise<readonly string[]> => {
  const steps = commands.map(({ command }) => `${command} || echo "exit code $?"\nprintf '${separator}'`);
  const { stdout } = await runProgram('bash', ['-c', `cd '${root}'\n${pasted}\n${steps.join('\n')}`], {
    env: { ...process.env, RINGFENCE_DATA: data, NO_COLOR: '1' },
  });
  return stdout.split(separator).slice(0, -1);
};

itWith('bash', 'curl')('README.md’s tour prints what it says, but for ids, times and tokens', async () => {
  const { screen, commands } = parseTour(readFileSync(join(root, 'README.md'), 'utf8'));
  const names = [...screen.matchAll(/^ *(\w+)=/gm)].map(([, name]) => name);
  started = await npmStart(data, new RegExp(`^ *${names.at(-1)}=.*\\n`, 'm'));
  const pasted = started.screen
    .split('\n')
    .filter((line) => /^ *\w+=/.test(line))
    .map((line) => line.trim())
    .join('\n');
  const [, address = ''] = /^API=http:\/\/(\S+)$/m.exec(pasted) ?? [];
  const printed = await runAll(pasted, commands);

  const asPrinted = masking();
  const asSeen = masking();
  const here = (text: string) =>
    text.replaceAll(address, printedAddress).replaceAll(relative(root, data), '.ringfence');
  const normal = (text: string) => text.trim().replace(/ +/g, ' ');
  expect(normal(asSeen(here(started.screen)))).toContain(normal(asPrinted(screen)));
  const seen = printed.map((output) => asSeen(inOneOrder(here(output).trim())));
  const said = commands.map(({ output }) => asPrinted(inOneOrder(output)));
  const withCommands = (outputs: readonly string[]) => outputs.map((output, at) => [commands[at]?.command, output]);
  expect(withCommands(seen)).toEqual(withCommands(said));
});
