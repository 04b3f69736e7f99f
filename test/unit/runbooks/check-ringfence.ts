import { join } from 'node:path';
import { main } from '../../../bin/command-line.ts';

/** A folder in which no twin runs: a command that is right comes as far as that, and no further. */
const nowhere = join(import.meta.dirname, 'no-twin-here');

/** What the command line has against these words; undefined when it would run them. Nothing is called. */
export const misuseOf = async (words: readonly string[]): Promise<string | undefined> => {
  const at = words.indexOf('--stage');
  const local = at < 0 ? words : [...words.slice(0, at), ...words.slice(at + 2)];
  const said: string[] = [];
  const write = jest.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  try {
    const exitCode = await main([...local, '--data', nowhere]);
    const isRight = exitCode === 1 && said.join('').includes('No twin is running here');
    return isRight ? undefined : `exit code ${exitCode}: ${said.join('')}`;
  } catch (error) {
    // A command that loads what it needs when its words were right; jest loads nothing late.
    if ((error as { code?: string }).code === 'ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING_FLAG') return undefined;
    throw error;
  } finally {
    write.mockRestore();
  }
};
