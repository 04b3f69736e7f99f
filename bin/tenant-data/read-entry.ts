import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import type { FileEntry } from './manifest.ts';

const newline = 10;

/** What the manifest says of a file, read from the file. Undefined where there is none. */
export const readEntry = async (path: string): Promise<FileEntry | undefined> => {
  const hash = createHash('sha256');
  let [lines, bytes] = [0, 0];
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      bytes += chunk.length;
      for (const byte of chunk) if (byte === newline) lines += 1;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return { name: basename(path), lines, bytes, sha256: hash.digest('hex') };
};
