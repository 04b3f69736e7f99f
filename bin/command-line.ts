import { CommandError } from './command-error.ts';
import { type Group, isAlone } from './command-line/command.ts';
import { groups } from './command-line/groups.ts';
import { harmlessLines } from './command-line/harmless.ts';
import { commandHelp, groupHelp, overview } from './command-line/help.ts';
import { nearest } from './command-line/nearest.ts';
import { readCommand } from './command-line/read-command.ts';
import { terminalOf } from './command-line/terminal.ts';
import { tokenLike } from './command-line/token-like.ts';

const isHelp = (word: string): boolean => word === '--help' || word === '-h';

const groupNamed = (name: string): Group => {
  const found = groups.find((group) => group.name === name);
  if (found) return found;
  const names = groups.map((group) => group.name);
  const near = nearest(name, names);
  const hint = near ? `Did you mean ${near}?` : `Groups: ${names.join(', ')}.`;
  throw new CommandError(`There is no group "${name}". ${hint} See "npx ringfence --help".`, 2);
};

/** Help on what these words name: all, a group, or a command. */
const helpOn = ([name, ...words]: readonly string[]): string => {
  const terminal = terminalOf(process.stdout);
  if (name === undefined) return overview(groups, terminal);
  const group = groupNamed(name);
  const command = group.commands.find((each) => each.name !== '' && words.includes(each.name));
  return command ? commandHelp(group, command, terminal) : groupHelp(group, terminal);
};

/**
 * Runs one command and resolves to its exit code.
 * @throws CommandError
 */
export const runWords = async (words: readonly string[]): Promise<number> => {
  if (words.some(tokenLike))
    throw new CommandError(
      'A word of this command line looks like a token: process lists and the shell’s history show it now. Revoke it, issue another, and give that to "npx ringfence login" when it asks.',
      2,
    );
  const [name = '', ...rest] = words;
  const isOverview = words.length === 0 || isHelp(name) || name === 'help';
  if (isOverview || rest.some(isHelp)) {
    process.stdout.write(helpOn(isOverview ? rest : words.filter((word) => !isHelp(word))));
    return words.length === 0 ? 2 : 0;
  }
  const group = groupNamed(name);
  if (rest.length === 0 && !isAlone(group)) {
    process.stdout.write(helpOn([name]));
    return 2;
  }
  const { command, call } = readCommand(group, rest);
  return (await command.run(call)) ?? 0;
};

/** What others wrote may stand in a message: it is shown, and no terminal obeys it. */
const tell = ({ message }: CommandError): void => {
  const { paint } = terminalOf(process.stderr);
  process.stderr.write(`${paint('red', 'ringfence:')} ${harmlessLines(message)}\n`);
};

/** Whoever reads may stop before the end: `ringfence services list | head`. */
const stopUnread = (error: NodeJS.ErrnoException): void => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
};

/** Runs one command and resolves to its exit code. Errors are told on standard error, with the fix. */
export const main = async (words: readonly string[]): Promise<number> => {
  process.stdout.off('error', stopUnread).on('error', stopUnread);
  try {
    return await runWords(words);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    tell(error);
    return error.exitCode;
  }
};
