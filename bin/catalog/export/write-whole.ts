import { type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { writeFault } from './write-fault.ts';

/** What writing needs of a file system. Tests pass one that is full. */
export interface Files {
  readonly open: (path: string, flags: string) => Promise<Pick<FileHandle, 'writeFile' | 'sync' | 'close'>>;
  readonly rename: typeof rename;
}

const real: Files = { open, rename };

/** Where the bytes go in the end: behind a link, and not in its place. */
const targetOf = (path: string): Promise<string> => realpath(path).catch(() => path);

const isSpecial = (path: string): Promise<boolean> =>
  stat(path).then(
    (about) => !about.isFile() && !about.isDirectory(),
    () => false,
  );

const writeTo = async ({ open: opened }: Files, path: string, text: string, flags: string): Promise<void> => {
  const handle = await opened(path, flags);
  try {
    await handle.writeFile(text);
    if (flags === 'wx') await handle.sync();
  } finally {
    await handle.close();
  }
};

/** So that the new names outlive a loss of power too. */
const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
};

/**
 * Writes files, all of them whole or none: each beside its place, and into it when all are on the disk. What was there
 * before stays until then. @throws CommandError when they cannot be written
 */
export const writeWhole = async (texts: ReadonlyMap<string, string>, files: Files = real): Promise<void> => {
  const waiting: { readonly made: string; readonly target: string }[] = [];
  let at = '';
  try {
    for (const [path, text] of texts) {
      at = path;
      const target = await targetOf(path);
      // A device or pipe cannot be put in place whole.
      if (await isSpecial(target)) {
        await writeTo(files, target, text, 'w');
        continue;
      }
      const made = join(dirname(target), `.${basename(target)}.${process.pid}.new`);
      waiting.push({ made, target });
      await rm(made, { force: true });
      await writeTo(files, made, text, 'wx');
    }
    for (const { made, target } of waiting) await files.rename(made, target);
    for (const folder of new Set(waiting.map(({ target }) => dirname(target)))) await syncFolder(folder);
  } catch (error) {
    for (const { made } of waiting) await rm(made, { force: true }).catch(() => undefined);
    throw writeFault(at, error, 'What was there before is unchanged.');
  }
};
