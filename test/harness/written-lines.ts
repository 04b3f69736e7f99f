import { scanOutput } from './output-watch.ts';

/** What this process writes on standard output while something runs, line by line, and what on the error stream. */
export const written = async (
  run: () => unknown,
): Promise<{ readonly lines: readonly string[]; readonly errors: string }> => {
  const { stdout, stderr } = process;
  const [write, writeError] = [stdout.write, stderr.write];
  const [out, err]: [string[], string[]] = [[], []];
  stdout.write = (text: string | Uint8Array): boolean => out.push(String(text)) > 0;
  stderr.write = (text: string | Uint8Array): boolean => err.push(String(text)) > 0;
  try {
    await run();
  } finally {
    Object.assign(stdout, { write });
    Object.assign(stderr, { write: writeError });
  }
  const text = out.join('');
  scanOutput(text);
  if (text !== '' && !text.endsWith('\n')) throw new Error('The last line does not end.');
  return { lines: text.split('\n').slice(0, -1), errors: err.join('') };
};

/** The same, parsed: every line must be one JSON object. */
export const writtenLines = async (run: () => unknown): Promise<readonly Readonly<Record<string, unknown>>[]> =>
  (await written(run)).lines.map((line) => JSON.parse(line));
