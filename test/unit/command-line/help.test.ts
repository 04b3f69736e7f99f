import { audiences, pathOf } from '../../../bin/command-line/command.ts';
import { groups } from '../../../bin/command-line/groups.ts';
import { commandHelp, groupHelp, overview } from '../../../bin/command-line/help.ts';
import { terminalOf } from '../../../bin/command-line/terminal.ts';
import { runWords } from '../../../bin/command-line.ts';

const plain = terminalOf({}, {});
const lines = (text: string): readonly string[] => text.split('\n');

it('the overview fits one screen and names every group for each of its audiences, customers first', () => {
  const text = overview(groups, plain);
  expect(lines(text).length).toBeLessThanOrEqual(40);
  const sections = text.split(/^For /m).slice(1);
  expect(sections.map((each) => each.match(/^\w+/)?.[0])).toEqual(audiences);
  for (const { name, commands } of groups)
    for (const { audience } of commands)
      expect(sections[audiences.indexOf(audience)]).toMatch(new RegExp(`^  ${name} `, 'm'));
});

it.each(groups)('the help of "$name" names each of its commands, words and needed options', (group) => {
  const text = groupHelp(group, plain);
  for (const { name, words, options } of group.commands) {
    expect(text).toContain(name);
    for (const word of words) expect(text).toContain(`<${word.choices?.join('|') ?? word.name}>`);
    for (const [option, { needed }] of Object.entries(options)) if (needed) expect(text).toContain(`--${option} <`);
  }
  expect(text).toContain('Exit codes: 0 ');
});

const commands = groups.flatMap((group) =>
  group.commands.map((command) => ({ path: pathOf(group, command), group, command })),
);
it.each(commands)(
  'the help of "$path" has every option, every choice, an example, and no line over 120',
  ({ group, command }) => {
    const text = commandHelp(group, command, plain);
    for (const [name, { choices = [] }] of Object.entries(command.options)) {
      expect(text).toContain(`--${name}`);
      for (const choice of choices) expect(text).toContain(choice);
    }
    expect(text).toContain(`Example: npx ${command.example}\n`);
    expect(lines(text).filter((line) => line.length > 120)).toEqual([]);
  },
);

describe('help is asked for with --help, -h or help, anywhere', () => {
  it.each([
    [['--help'], 0, /^ringfence: the command line/],
    [['help'], 0, /^ringfence: the command line/],
    [[], 2, /^ringfence: the command line/],
    [['services'], 2, /^ringfence services: Which/],
    [['services', '-h'], 0, /^ringfence services: Which/],
    [['help', 'services'], 0, /^ringfence services: Which/],
    [['services', 'list', '--help'], 0, /^ringfence services list: /],
    [['services', '--help', 'list'], 0, /^ringfence services list: /],
    [['help', 'services', 'list'], 0, /^ringfence services list: /],
    [['verify', '-h'], 0, /^ringfence verify: /],
  ])('%j', async (words, exitCode, begins) => {
    const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    const ended = await runWords(words);
    const said = write.mock.calls.map(([text]) => String(text)).join('');
    write.mockRestore();
    expect(ended).toBe(exitCode);
    expect(said).toMatch(begins);
  });
});
