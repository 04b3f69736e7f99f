import { isAlone, pathOf } from '../../../bin/command-line/command.ts';
import { groups } from '../../../bin/command-line/groups.ts';
import { readCommand } from '../../../bin/command-line/read-command.ts';
import { wordsIn } from './words-in.ts';

const commands = groups.flatMap((group) =>
  group.commands.map((command) => ({ path: pathOf(group, command), group, command })),
);

it('every command has one path', () => {
  const paths = commands.map(({ path }) => path);
  expect(new Set(paths).size).toBe(paths.length);
});

it.each(commands)('the example of "$path" is a call of it', ({ group, command, path }) => {
  const [program, name, ...words] = wordsIn(command.example);
  expect([program, name]).toEqual(['ringfence', group.name]);
  expect(readCommand(group, words).command).toBe(command);
  expect(command.example).toMatch(new RegExp(`^ringfence ${path}\\b`));
});

it.each(groups.filter((group) => !isAlone(group)))(
  'an option means one type in all of "$name"',
  ({ commands: all }) => {
    const types = new Map<string, string>();
    for (const { options } of all)
      for (const [name, { type }] of Object.entries(options))
        expect(types.set(name, types.get(name) ?? type).get(name)).toBe(type);
  },
);

it.each(commands)('"$path": summary and options are one line each, and every value has a name', ({ command }) => {
  const { summary, options } = command;
  for (const text of [summary, ...Object.values(options).map(({ about }) => about)])
    expect(text).toMatch(/^\S[^\n]*[^\s.]$/);
  for (const { type, value } of Object.values(options)) expect(value !== undefined).toBe(type === 'string');
});
