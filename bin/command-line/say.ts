import { jsonText } from './harmless.ts';

/** What was asked for. */
export const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** What a person wants to know besides, and no program. */
export const note = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

export const printJson = (value: unknown): void => print(jsonText(value, 2));
