import {
  type Audience,
  audiences,
  type Command,
  type Group,
  isAlone,
  type Option,
  type Options,
  pathOf,
  type Word,
} from './command.ts';
import type { Terminal } from './terminal.ts';

const titles: Readonly<Record<Audience, string>> = {
  customers: 'For customers, with a token of their tenant ("npx ringfence login")',
  operators: 'For operators, with AWS credentials (or against the twin that "npm start" runs)',
  everybody: 'For everybody',
};

const usualExits = 'Exit codes: 0 done, 1 refused or failed, 2 wrong usage.';
const widest = 100;

/** Text in lines of a width, the first as it stands and the others indented. */
const wrapped = (text: string, indent: number): string => {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length + 1 > widest - indent) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.join(`\n${' '.repeat(indent)}`);
};

const wrappedLines = (text: string): string =>
  text
    .split('\n')
    .map((line) => (line.startsWith(' ') ? line : wrapped(line, 0)))
    .join('\n');

const column = 24;

/** `  --name <name>    What it is for`, beneath each other where the left side is long. */
const entry = (left: string, right: string): string => {
  const padded = `  ${left}`.padEnd(column);
  return padded.length > column || !padded.endsWith(' ')
    ? `${padded}\n${' '.repeat(column)}${wrapped(right, column)}`
    : padded + wrapped(right, column);
};

const section = (title: string, lines: readonly string[], { paint }: Terminal): string =>
  lines.length === 0 ? '' : `\n${paint('bold', `${title}:`)}\n${lines.join('\n')}\n`;

const mostInLine = 40;
const fits = (choices: readonly string[]): boolean => choices.join('|').length <= mostInLine;

const valueText = ({ value, choices }: Option): string => {
  if (choices && fits(choices)) return ` <${choices.join('|')}>`;
  return value === undefined ? '' : ` <${value}>`;
};
const wordText = ({ name, choices, many }: Word): string => `<${choices?.join('|') ?? name}>${many ? '...' : ''}`;

/** `create <slug> --name <name>`: what a command cannot do without. */
const shape = ({ name, words, options }: Command): string =>
  [
    name,
    ...words.map(wordText),
    ...Object.entries(options).flatMap(([option, each]) => (each.needed ? [`--${option}${valueText(each)}`] : [])),
  ]
    .filter(Boolean)
    .join(' ');

const optionLines = (options: Options): readonly string[] =>
  Object.entries(options).map(([name, option]) => {
    const { about, choices } = option;
    const listed = choices && !fits(choices) ? `${about}: ${choices.join(', ')}` : about;
    return entry(`--${name}${valueText(option)}`, listed);
  });

const ofAudience = ({ commands }: Group, audience: Audience): readonly Command[] =>
  commands.filter((command) => command.audience === audience);

const overviewLine = (group: Group, audience: Audience): readonly string[] => {
  const commands = ofAudience(group, audience);
  if (commands.length === 0) return [];
  if (isAlone(group)) return [entry(group.name, group.summary)];
  return [entry(group.name, commands.map(({ name }) => name).join(', '))];
};

/** All there is on one screen, by whom it is for. */
export const overview = (groups: readonly Group[], terminal: Terminal): string =>
  `ringfence: the command line of Ringfence

Usage: npx ringfence <group> [<command>] [options]
${audiences
  .map((each) =>
    section(
      titles[each],
      groups.flatMap((group) => overviewLine(group, each)),
      terminal,
    ),
  )
  .join('')}
npx ringfence <group> --help says more. docs/command-line.md has examples and the environment.
${usualExits}
`;

/** What all commands of a group take. */
const sharedOptions = ([first, ...others]: readonly Command[]): Options =>
  Object.fromEntries(
    Object.entries(first?.options ?? {}).filter(([name, option]) =>
      others.every(({ options }) => options[name]?.about === option.about),
    ),
  );

export const groupHelp = (group: Group, terminal: Terminal): string => {
  const [only] = group.commands;
  if (only && isAlone(group)) return commandHelp(group, only, terminal);
  const parts = audiences.filter((audience) => ofAudience(group, audience).length > 0);
  const titleOf = (audience: Audience): string => (parts.length > 1 ? titles[audience] : 'Commands');
  return `ringfence ${group.name}: ${group.summary}

Usage: npx ringfence ${group.name} <command> [options]
${parts
  .map((audience) =>
    section(
      titleOf(audience),
      ofAudience(group, audience).map((each) => entry(shape(each), each.summary)),
      terminal,
    ),
  )
  .join('')}${section('Options of all of them', optionLines(sharedOptions(group.commands)), terminal)}
npx ringfence ${group.name} <command> --help says more.
${usualExits}
`;
};

export const commandHelp = (group: Group, command: Command, terminal: Terminal): string => {
  const { summary, options, example, notes, exits } = command;
  const usage = `Usage: npx ringfence ${[isAlone(group) ? '' : group.name, shape({ ...command, name: isAlone(group) ? group.name : command.name })].filter(Boolean).join(' ')} [options]`;
  return `${wrapped(`ringfence ${pathOf(group, command)}: ${summary}`, 0)}

${usage}
${section('Options', optionLines(options), terminal)}
Example: npx ${example}
${notes ? `\n${wrappedLines(notes)}\n` : ''}
${exits ?? usualExits}
`;
};
