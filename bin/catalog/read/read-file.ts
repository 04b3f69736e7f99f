import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { fileFault } from './file-fault.ts';
import { inMebibytes, limits } from './limits.ts';

export type FileText =
  | { readonly text: string; readonly bytes: number }
  | { readonly reason: string; readonly line?: number };
type FileBytes = { readonly bytes: Buffer } | { readonly reason: string } | 'changed';

const readWhole = async (handle: FileHandle): Promise<FileBytes> => {
  const before = await handle.stat({ bigint: true });
  if (!before.isFile()) return { reason: 'is no regular file' };
  if (before.size > limits.fileBytes)
    return {
      reason: `has ${inMebibytes(Number(before.size))}: at most ${inMebibytes(limits.fileBytes)} are read. Split it into several files`,
    };
  // One byte more than it should have, to see whether it grew.
  const space = Buffer.alloc(Number(before.size) + 1);
  let filled = 0;
  for (;;) {
    const { bytesRead } = await handle.read(space, filled, space.length - filled, filled);
    filled += bytesRead;
    if (bytesRead === 0 || filled === space.length) break;
  }
  const after = await handle.stat({ bigint: true });
  const isSame = after.mtimeNs === before.mtimeNs && after.size === before.size && filled === Number(before.size);
  return isSame ? { bytes: space.subarray(0, filled) } : 'changed';
};

const decoded = (bytes: Buffer): FileText => {
  if (bytes[0] === 0xff || bytes[0] === 0xfe)
    return { reason: 'is not UTF-8 (it begins like UTF-16): save it as UTF-8', line: 1 };
  try {
    // Takes away the byte order mark that some editors begin files with.
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), bytes: bytes.length };
  } catch {
    const upTo = new TextDecoder('utf-8').decode(bytes).split('\uFFFD', 1)[0] ?? '';
    return { reason: 'is not UTF-8 from this line on: save it as UTF-8', line: upTo.split('\n').length };
  }
};

const attempts = 3;

/** The text of a file as it was at one moment, or why there is none. Never waits for a pipe or device. */
export const readFileText = async (path: string): Promise<FileText> => {
  try {
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      if (attempt > 1) await wait(100);
      const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
      const read = await readWhole(handle).finally(() => handle.close());
      if (read !== 'changed') return 'bytes' in read ? decoded(read.bytes) : read;
    }
    return { reason: 'changed while it was read, each time: import it again when nothing writes to it' };
  } catch (error) {
    return { reason: fileFault(error) };
  }
};
