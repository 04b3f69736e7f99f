import { credentialsIn, redacted } from './credential-scan.ts';

/** The lines of ours in an output that hold what looks like a credential. A line of ours is an object with a level. */
export const credentialLines = (text: string): readonly string[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('{"') && line.includes('"level":'))
    .flatMap((line) => {
      const kinds = credentialsIn(line);
      return kinds.length > 0 ? [`The test's own process wrote ${kinds.join(', ')}: ${redacted(line)}`] : [];
    });

const found: string[] = [];

/** Looks through an output that a test caught. */
export const scanOutput = (text: string): void => void found.push(...credentialLines(text));

/** From now on all that this process writes on standard output is looked through, and passed on. */
export const watchOutput = (): void => {
  const { stdout } = process;
  const write = stdout.write.bind(stdout) as (...parts: unknown[]) => boolean;
  const watched = (...parts: unknown[]): boolean => {
    scanOutput(String(parts[0]));
    return write(...parts);
  };
  Object.assign(stdout, { write: watched });
  afterAll(() => Object.assign(stdout, { write }));
};

/** What was found in this test file's own output. */
export const writtenCredentials = (): readonly string[] => found;
