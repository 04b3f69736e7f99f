import { parseArgs } from 'node:util';
import { CommandError } from '../command-error.ts';
import { parseWords } from '../parse-words.ts';
import { type Call, type Command, type Group, isAlone, type Options, pathOf, type Word } from './command.ts';
import { nearest } from './nearest.ts';

export interface Read {
  readonly command: Command;
  readonly call: Call;
}

const didYouMean = (word: string, known: readonly string[], dashes = ''): string => {
  const near = nearest(word, known);
  return near === undefined ? '' : ` Did you mean ${dashes}${near}?`;
};

/** Wrong usage, with where to read how it is meant. Never returns. */
const misused = (text: string, path: string): never => {
  throw new CommandError(`${text} See "npx ringfence ${path} --help".`, 2);
};

const asked = (name: string): string => `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`;

/** The option names and words that stand there, before it is known which command they are for. */
const tokensIn = (group: Group, words: readonly string[]) => {
  const options: Options = Object.assign({}, ...group.commands.map((command) => command.options));
  const { tokens } = parseArgs({ args: [...words], options, allowPositionals: true, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind !== 'option' || Object.hasOwn(options, token.name)) continue;
    const near = didYouMean(token.name, Object.keys(options), '--');
    misused(`Unknown option '${token.rawName}'.${near}`, group.name);
  }
  return tokens;
};

type Tokens = ReturnType<typeof tokensIn>;

/** The command that is meant, and the words without its name. */
const commandIn = (group: Group, words: readonly string[], tokens: Tokens): [Command, readonly string[]] => {
  const [only] = group.commands;
  if (only && isAlone(group)) return [only, words];
  const names = group.commands.map(({ name }) => name);
  const first = tokens.find(({ kind }) => kind === 'positional');
  if (first?.kind !== 'positional') return misused(`"${group.name}" needs a command: ${names.join(', ')}.`, group.name);
  const command = group.commands.find(({ name }) => name === first.value);
  if (!command)
    return misused(`There is no command "${group.name} ${first.value}".${didYouMean(first.value, names)}`, group.name);
  return [command, words.filter((_, at) => at !== first.index)];
};

const wordIn = (word: Word, given: string | undefined, path: string): string => {
  const { name, choices } = word;
  if (!given) return misused(`"${path}" needs ${asked(name)}${choices ? `: ${choices.join(', ')}` : ''}.`, path);
  if (!choices || choices.includes(given)) return given;
  return misused(`"${given}" is no ${name}: expected ${choices.join(', ')}.${didYouMean(given, choices)}`, path);
};

const wordsOf = (expected: readonly Word[], given: readonly string[], path: string): Call['words'] => {
  const extra = expected.at(-1)?.many ? undefined : given[expected.length];
  if (extra !== undefined) misused(`"${extra}" is one word too many.`, path);
  const entries = expected.map((word, at) => {
    const first = wordIn(word, given[at], path);
    return [word.name, word.many ? [first, ...given.slice(at + 1)] : first] as const;
  });
  return Object.fromEntries(entries) as Call['words'];
};

type Values = Readonly<Record<string, unknown>>;

const checkOptions = (options: Options, values: Values, path: string): void => {
  for (const [name, { needed, choices, multiple }] of Object.entries(options)) {
    const value = values[name];
    if (needed && !value) misused(`"${path}" needs --${name}.`, path);
    if (!choices || value === undefined) continue;
    const wrong = [value].flat().find((each) => !(choices as readonly unknown[]).includes(each) && each !== '');
    if (wrong === undefined) continue;
    const each = multiple ? 'one of them each time: ' : '';
    misused(`--${name} is "${wrong}": expected ${each}${choices.join(', ')}.`, path);
  }
};

/**
 * Which command of a group these words are, and what it is called with. Options may stand before its name.
 * @throws CommandError with exit code 2 for words and options that it does not have, or misses
 */
export const readCommand = (group: Group, words: readonly string[]): Read => {
  const tokens = tokensIn(group, words);
  const [command, rest] = commandIn(group, words, tokens);
  const path = pathOf(group, command);
  for (const token of tokens)
    if (token.kind === 'option' && !Object.hasOwn(command.options, token.name))
      misused(`"${path}" takes no --${token.name}.`, path);
  const parsed = parseWords(rest, command.options, { allowPositionals: true, help: `npx ringfence ${path} --help` });
  const values = parsed.values as Values;
  const given = wordsOf(command.words, parsed.positionals, path);
  checkOptions(command.options, values, path);
  return { command, call: { words: given, options: values as Call['options'] } };
};
