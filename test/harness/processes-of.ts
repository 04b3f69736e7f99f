import { readdirSync, readFileSync } from 'node:fs';

export interface Process {
  readonly pid: number;
  /** Of the program: `dynoxide`, `sh`. */
  readonly name: string;
}

/** Living processes that have a path on their command line. Linux. */
export const processesOf = (path: string): readonly Process[] =>
  readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
    .flatMap((entry) => {
      try {
        const words = readFileSync(`/proc/${entry}/cmdline`, 'utf8').split('\0');
        return words.some((word) => word.includes(path))
          ? [{ pid: Number(entry), name: words[0]?.split('/').at(-1) ?? '' }]
          : [];
      } catch {
        return [];
      }
    });
