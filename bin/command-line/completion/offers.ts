import { type Command, type Group, isAlone, type Option, pathOf } from '../command.ts';

/** What may follow on a command line, in the order of the table: the three shells are told the same. */
export interface Offer {
  /** `services list`, `verify` */
  readonly path: string;
  readonly isAlone: boolean;
  readonly options: readonly OfferedOption[];
  /** Of its first word, where only some are possible. */
  readonly choices: readonly string[];
}

export interface OfferedOption extends Pick<Option, 'about'> {
  readonly name: string;
  readonly takes: 'nothing' | 'file' | 'folder' | 'choice' | 'text';
  readonly isRepeated: boolean;
  readonly choices: readonly string[];
}

const takesOf = ({ type, value = '', choices }: Option): OfferedOption['takes'] => {
  if (type === 'boolean') return 'nothing';
  if (choices) return 'choice';
  if (value.startsWith('file')) return 'file';
  return value === 'folder' ? 'folder' : 'text';
};

const offered = ([name, option]: readonly [string, Option]): OfferedOption => ({
  name,
  about: option.about,
  takes: takesOf(option),
  isRepeated: option.multiple === true,
  choices: option.choices ?? [],
});

const help: Option = { type: 'boolean', about: 'What it does, and how' };

const offerOf = (group: Group, command: Command): Offer => ({
  path: pathOf(group, command),
  isAlone: isAlone(group),
  options: Object.entries({ ...command.options, help }).map(offered),
  choices: command.words[0]?.choices ?? [],
});

export const offersOf = (groups: readonly Group[]): readonly Offer[] =>
  groups.flatMap((group) => group.commands.map((command) => offerOf(group, command)));

export const headOf = (shell: string): string =>
  `# Completion of ringfence for ${shell}, made by: ringfence completion ${shell}`;
