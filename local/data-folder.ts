import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { errorCode } from './error-code.ts';
import { TwinError } from './twin-error.ts';

/** Raised when what is kept in the folder changes its meaning. */
const format = 1;
const formatFile = 'format.json';
const lockFile = 'lock';

export interface DataFolder {
  readonly path: string;
  /** Writes a file of the folder, readable by its owner only, whole or not at all. */
  write(name: string, text: string): void;
  remove(name: string): void;
  release(): void;
}

/**
 * Opens the folder where the twin keeps its data, for this process alone. `fresh` empties it first. A lock left by a
 * killed process is taken over. Throws `TwinError` for a folder in use, of another format, or not the twin's.
 */
export const openDataFolder = (given: string, fresh: boolean): DataFolder => {
  const path = resolve(given);
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const entries = readdirSync(path).filter((name) => !name.startsWith(lockFile));
    if (entries.length > 0 && !entries.includes(formatFile)) {
      throw new TwinError(`${path} holds other files and is no data folder of the twin.`, 'Name an empty folder.');
    }
    lock(path);
    try {
      if (fresh) for (const name of entries) rmSync(join(path, name), { recursive: true, force: true });
      checkFormat(path);
    } catch (error) {
      rmSync(join(path, lockFile), { force: true });
      throw error;
    }
  } catch (error) {
    if (error instanceof TwinError) throw error;
    throw new TwinError(
      `Cannot use the data folder ${path} (${message(error)}).`,
      'Make it readable and writable, or name another.',
    );
  }
  return {
    path,
    write: (name, text) => {
      const draft = join(path, `${name}.new`);
      writeFileSync(draft, text, { mode: 0o600 });
      renameSync(draft, join(path, name));
    },
    remove: (name) => rmSync(join(path, name), { force: true }),
    release: () => rmSync(join(path, lockFile), { force: true }),
  };
};

const checkFormat = (path: string): void => {
  const file = join(path, formatFile);
  if (!existsSync(file)) writeFileSync(file, JSON.stringify({ format }), { mode: 0o600 });
  const found = formatOf(file);
  if (found === format) return;
  const what =
    found === undefined ? 'is unreadable' : `has format ${found}, ${found < format ? 'older' : 'newer'} than ${format}`;
  throw new TwinError(
    `The data in ${path} ${what}.`,
    'Start with --fresh to empty it, or use the version that wrote it.',
  );
};

const formatOf = (file: string): number | undefined => {
  try {
    const found: unknown = JSON.parse(readFileSync(file, 'utf8')).format;
    return typeof found === 'number' ? found : undefined;
  } catch {
    return undefined;
  }
};

/** The lock names a process and when that process began: a number used again does not keep the folder locked. */
const lock = (path: string): void => {
  const file = join(path, lockFile);
  const mine = JSON.stringify({ pid: process.pid, began: beganAt(process.pid) });
  for (let attempt = 0; attempt < 5; attempt += 1) {
    if (createExclusively(file, mine)) return;
    const owner = ownerOf(file);
    if (owner && isRunning(owner)) {
      throw new TwinError(
        `${path} is in use by process ${owner.pid}.`,
        `Stop that process (kill ${owner.pid}), or name another data folder.`,
      );
    }
    // Of two that find a dead lock only one can move it away.
    const stale = `${file}.${process.pid}`;
    try {
      renameSync(file, stale);
      rmSync(stale, { force: true });
    } catch {}
  }
  throw new TwinError(`${path} cannot be locked.`, `Remove ${file} when no other twin runs on it.`);
};

const createExclusively = (file: string, text: string): boolean => {
  try {
    const descriptor = openSync(file, 'wx', 0o600);
    writeSync(descriptor, text);
    closeSync(descriptor);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
};

interface Owner {
  readonly pid: number;
  readonly began: string;
}

const ownerOf = (file: string): Owner | undefined => {
  try {
    const { pid, began } = JSON.parse(readFileSync(file, 'utf8'));
    return typeof pid === 'number' ? { pid, began: String(began) } : undefined;
  } catch {
    return undefined;
  }
};

const isRunning = ({ pid, began }: Owner): boolean => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
  return beganAt(pid) === began;
};

/** Start time of a process in clock ticks since boot, from Linux; elsewhere empty, and only the number counts. */
const beganAt = (pid: number): string => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
};

const message = (error: unknown): string => errorCode(error) ?? String(error);
