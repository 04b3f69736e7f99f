import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { CommandError } from '../command-error.ts';

/** A file that is there when it is whole, and not before. */
export interface NewFile {
  write(text: string): void;
  keep(): void;
  drop(): void;
}

/** Writes to a file that does not exist yet, for its owner alone. @throws CommandError, a full disk included */
export const newFile = (path: string): NewFile => {
  const unfinished = `${path}.${randomBytes(6).toString('hex')}`;
  const attempt = <T>(act: () => T): T => {
    try {
      return act();
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      throw new CommandError(`${path} cannot be written: ${code ?? message}.`);
    }
  };
  const refuseExisting = (): void => {
    if (existsSync(path)) throw new CommandError(`${path} exists: name another file, or delete it.`);
  };
  refuseExisting();
  const file = attempt(() => openSync(unfinished, 'wx', 0o600));
  const drop = (): void => {
    closeSync(file);
    rmSync(unfinished, { force: true });
  };
  return {
    write: (text) => {
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; ) at += attempt(() => writeSync(file, bytes, at));
    },
    keep: () => {
      attempt(() => fsyncSync(file));
      refuseExisting();
      attempt(() => renameSync(unfinished, path));
      closeSync(file);
    },
    drop,
  };
};
