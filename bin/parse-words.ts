import { type ParseArgsConfig, parseArgs } from 'node:util';
import { CommandError } from './command-error.ts';

/** The options of a command line, typed. @throws CommandError with exit code 2 and one line for what was wrong. */
export const parseWords = <const Options extends NonNullable<ParseArgsConfig['options']>>(
  words: readonly string[],
  options: Options,
  { allowPositionals, help }: { readonly allowPositionals: boolean; readonly help: string },
) => {
  try {
    return parseArgs({ args: [...words], options, allowPositionals, strict: true });
  } catch (error) {
    const [first = ''] = (error as Error).message.split(/\. To specify|\n/);
    throw new CommandError(`${first.replace(/\.$/, '')}. See "${help}".`, 2);
  }
};

/** Options of every command that works on a stage. */
export const stageOptions = {
  stage: { type: 'string' },
  data: { type: 'string', default: process.env.RINGFENCE_DATA ?? '.ringfence' },
  json: { type: 'boolean', default: false },
} as const;
