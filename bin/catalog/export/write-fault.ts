import { CommandError } from '../../command-error.ts';

const advice: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full. Free some space',
  EDQUOT: 'your quota of the disk is used up. Free some space',
  EFBIG: 'a file may not become so large here',
  EROFS: 'the disk may only be read. Choose another place with --out',
  EACCES: 'you may not write there. Choose another place with --out',
  EPERM: 'you may not write there. Choose another place with --out',
  ENOENT: 'there is no such folder. Make it first',
  ENOTDIR: 'a part of the path is no folder. Choose another place with --out',
  EISDIR: 'a folder is in its place. Choose another place with --out',
  EPIPE: 'whoever read it stopped before the end',
};

/** Why an export was not written, what is there now, and what to do. */
export const writeFault = (place: string, error: unknown, kept: string): CommandError => {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return new CommandError(
    `The export could not be written to ${place}: ${advice[code] ?? message} (${code || 'no code'}). ${kept}`,
  );
};
