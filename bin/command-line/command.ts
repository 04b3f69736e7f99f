/** Whom a command is for. Help is grouped by it, in this order. */
export const audiences = ['customers', 'operators', 'everybody'] as const;
export type Audience = (typeof audiences)[number];

/** An option, as `parseArgs` of node:util takes it, and what help and completion say of it. */
export interface Option {
  readonly type: 'string' | 'boolean';
  /** One line, in help and completion. */
  readonly about: string;
  /** What stands for the value in help: `<name>`. Absent of a boolean. */
  readonly value?: string;
  readonly choices?: readonly string[];
  /** May be given several times. */
  readonly multiple?: true;
  /** The command cannot do without. */
  readonly needed?: true;
  readonly default?: string | boolean;
}
export type Options = Readonly<Record<string, Option>>;

/** A word after the command's name: what it is about. */
export interface Word {
  readonly name: string;
  readonly choices?: readonly string[];
  /** The last word of a command may stand several times. */
  readonly many?: true;
}

type Value<O extends Option> = O extends { readonly multiple: true }
  ? readonly string[] | undefined
  : O extends { readonly type: 'boolean' }
    ? boolean
    : O extends { readonly needed: true } | { readonly default: string }
      ? string
      : string | undefined;

/** What a command was called with: its words and options, checked. */
export interface Call<W extends readonly Word[] = readonly Word[], O extends Options = Options> {
  readonly words: {
    readonly [Each in W[number] as Each['name']]: Each extends { readonly many: true } ? readonly string[] : string;
  };
  readonly options: { readonly [Name in keyof O]: Value<O[Name]> };
}

interface CommandOf<W extends readonly Word[], O extends Options> {
  /** Empty where the group itself is the command. */
  readonly name: string;
  readonly audience: Audience;
  /** One line. */
  readonly summary: string;
  readonly words: W;
  readonly options: O;
  /** A line that works, without `npx`. */
  readonly example: string;
  /** What else a person should know. */
  readonly notes?: string;
  /** What the exit codes mean, where it is not the usual. */
  readonly exits?: string;
  /** Resolves to the exit code; nothing is 0. @throws CommandError */
  readonly run: (call: Call<W, O>) => Promise<number | undefined>;
}

/** A command of the table: parsing, help, completion and its page come from it. */
export type Command = CommandOf<readonly Word[], Options>;

/** `run` is told what the words and options before it promise. */
export const defineCommand = <const W extends readonly Word[], const O extends Options>(
  command: CommandOf<W, O>,
): Command => command as unknown as Command;

/** A word of the command line with the commands behind it. */
export interface Group {
  readonly name: string;
  /** One line. */
  readonly summary: string;
  readonly commands: readonly Command[];
}

/** `ringfence verify`, without a second word. */
export const isAlone = ({ commands }: Group): boolean => commands[0]?.name === '';

/** `services list` */
export const pathOf = (group: Group, { name }: Command): string => `${group.name} ${name}`.trim();
