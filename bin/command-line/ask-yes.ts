import { createInterface } from 'node:readline/promises';
import { CommandError } from '../command-error.ts';

/**
 * Asks a person before something that cannot be undone. Where nobody can be asked, `--yes` must have said it.
 * @throws CommandError when the answer is no, and with exit code 2 when nobody can be asked
 */
export const askYes = async (question: string, isYes: boolean): Promise<void> => {
  if (isYes) return;
  if (!process.stdin.isTTY || !process.stderr.isTTY)
    throw new CommandError(`${question} Nobody is here to be asked: say --yes.`, 2);
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  // Ctrl-C and the end of input are answers too: no.
  const gone = new AbortController();
  lines.on('close', () => gone.abort());
  const answer = await lines.question(`${question} [y/N] `, { signal: gone.signal }).catch(() => 'no');
  lines.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new CommandError('Nothing was done.');
};
