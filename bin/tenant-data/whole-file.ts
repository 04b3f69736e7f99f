import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CommandError } from '../command-error.ts';

/** Names that are not finished end with this; nothing reads them. */
export const unfinished = '.part';

const full = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

const asCommandError = (path: string, error: unknown): unknown => {
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof CommandError || code === undefined) return error;
  if (full.has(code))
    return new CommandError(
      `The disk is full (${code}): ${path} could not be written, and nothing of it was left. Make room and repeat the command: what is finished is not read again.`,
    );
  return new CommandError(`${path} cannot be written: ${code}. Check that the folder is yours and writable.`);
};

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
};

/**
 * Writes a file that is there when it is whole, and not before: under another name first, on the disk before it is
 * renamed. Only its owner may read it. What fails leaves nothing.
 * @throws CommandError when the disk is full or the folder cannot be written
 */
export const writeWhole = async (path: string, write: (file: FileHandle) => Promise<void>): Promise<void> => {
  const part = path + unfinished;
  try {
    const file = await open(part, 'w', 0o600);
    try {
      await write(file);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(part, { force: true });
    throw asCommandError(path, error);
  }
};
