import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isAlone } from '../../../bin/command-line/command.ts';
import { groups } from '../../../bin/command-line/groups.ts';
import { readCommand } from '../../../bin/command-line/read-command.ts';
import { wordsIn } from './words-in.ts';

const root = resolve(import.meta.dirname, '../../..');
const page = readFileSync(join(root, 'docs/command-line.md'), 'utf8');

/** Rows of the tables of groups: name and commands. */
const rows = [...page.matchAll(/^\| `([a-z]+)` \| ([^|]*)\|/gm)].map(([, name = '', commands = '']) => ({
  name,
  commands: [...commands.matchAll(/`([a-z-]+)`/g)].map(([, command]) => command),
}));

it('docs/command-line.md has every command of the table, and no other', () => {
  const written = rows.flatMap(({ name, commands }) =>
    commands.length > 0 ? commands.map((each) => `${name} ${each}`) : [name],
  );
  const known = groups
    .filter(({ name }) => name !== 'completion')
    .flatMap((group) => (isAlone(group) ? [group.name] : group.commands.map(({ name }) => `${group.name} ${name}`)));
  expect([...written].sort()).toEqual([...known].sort());
});

const examples = [...page.matchAll(/```sh\n([\s\S]*?)```/g)]
  .flatMap(([, block = '']) => block.split('\n'))
  .flatMap((line) => line.match(/\bringfence ([^<>)]*?)(?= *(?:[<>)]|\s#|$))/)?.[1] ?? []);

it('has examples to check', () => expect(examples.length).toBeGreaterThan(10));

it.each(examples)('its example "ringfence %s" is right', (line) => {
  const [name, ...words] = wordsIn(line);
  const group = groups.find((each) => each.name === name);
  expect(group && readCommand(group, words).command).toBeDefined();
});

it('names every variable of the environment that the command line reads', () => {
  const folder = join(root, 'bin');
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(folder, file), 'utf8'));
  const read = new Set(texts.flatMap((text) => text.match(/\b(RINGFENCE_[A-Z_]+|NO_COLOR)\b/g) ?? []));
  expect([...read].filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});
