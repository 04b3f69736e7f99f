import { main } from '../../../bin/command-line.ts';
import type { Ended } from '../../harness/run-command.ts';

/**
 * Runs a command in this process: what loading one of its own takes is most of a short command's time. One at a time.
 * Nobody is at its standard input.
 */
export const runHere = async (
  words: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<Ended> => {
  const said = { out: '', err: '' };
  const catches = (to: keyof typeof said) => (text: string | Uint8Array) => {
    said[to] += String(text);
    return true;
  };
  const spies = [
    jest.spyOn(process.stdout, 'write').mockImplementation(catches('out')),
    jest.spyOn(process.stderr, 'write').mockImplementation(catches('err')),
  ];
  const before = process.env;
  process.env = { ...before, ...env };
  try {
    const code = await main(words);
    return { code, ...said, errorLines: said.err.split('\n').filter(Boolean) };
  } finally {
    process.env = before;
    for (const spy of spies) spy.mockRestore();
  }
};
