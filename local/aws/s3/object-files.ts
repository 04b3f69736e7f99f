import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { TwinError } from '../../twin-error.ts';
import { writeDurably } from '../durable-file.ts';
import type { ObjectVersion } from './object-version.ts';

/** The versions of one bucket on disk: a file each, what is known of it on the first line, then its bytes. */
export interface ObjectFiles {
  /** Oldest first. Throws one line when a file is not one of ours. */
  load(): readonly ObjectVersion[];
  /** There whole or not at all, after `kill -9` too. */
  write(version: ObjectVersion, body: Uint8Array): void;
  body(version: ObjectVersion): Buffer;
  remove(version: ObjectVersion): void;
}

const newline = 0x0a;
const namePattern = /^\d{12}$/;

/** Readable by their owner only, and in the clear, as the keys beside them are. */
export const objectFiles = (folder: string): ObjectFiles => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const pathOf = ({ order }: Pick<ObjectVersion, 'order'>) => join(folder, String(order).padStart(12, '0'));
  return {
    load: () =>
      readdirSync(folder)
        .filter((name) => namePattern.test(name))
        .sort()
        .map((name) => headOf(join(folder, name))),
    write: (version, body) =>
      writeDurably(pathOf(version), Buffer.concat([Buffer.from(`${JSON.stringify(version)}\n`), body])),
    body: (version) => {
      const bytes = readFileSync(pathOf(version));
      return bytes.subarray(bytes.indexOf(newline) + 1);
    },
    remove: (version) => rmSync(pathOf(version), { force: true }),
  };
};

const headOf = (path: string): ObjectVersion => {
  const bytes = readFileSync(path);
  try {
    return JSON.parse(bytes.subarray(0, bytes.indexOf(newline)).toString('utf8')) as ObjectVersion;
  } catch {
    throw new TwinError(`${path} is no object of the local S3.`, 'Restore it, or empty the data folder.');
  }
};
