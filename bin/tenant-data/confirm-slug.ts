import { createInterface } from 'node:readline/promises';
import { CommandError } from '../command-error.ts';

/**
 * Asks a person to type the slug of what is about to be deleted for ever. Where nobody can be asked, `--yes` must have
 * said it.
 * @throws CommandError when something else is typed, and with exit code 2 when nobody can be asked
 */
export const confirmSlug = async (slug: string, isYes: boolean): Promise<void> => {
  if (isYes) return;
  const question = `All that ${slug} has is deleted now, for ever.`;
  if (!process.stdin.isTTY || !process.stderr.isTTY)
    throw new CommandError(`${question} Nobody is here to be asked: say --yes.`, 2);
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const gone = new AbortController();
  lines.on('close', () => gone.abort());
  const answer = await lines.question(`${question} Type its slug: `, { signal: gone.signal }).catch(() => '');
  lines.close();
  if (answer.trim() !== slug)
    throw new CommandError(
      `Nothing was deleted. ${slug} stays suspended: repeat the command, or "npx ringfence tenants resume ${slug}".`,
    );
};
