import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Writes a file that only its owner may read. Written beside, synced, then renamed: after a crash the old text is there or
 * the new, never half of it.
 */
export const writeDurably = (path: string, text: string | Uint8Array): void => {
  const beside = `${path}.new`;
  writeFileSync(beside, text, { mode: 0o600 });
  sync(beside);
  renameSync(beside, path);
  sync(dirname(path));
};

const sync = (path: string): void => {
  const handle = openSync(path, 'r');
  fsyncSync(handle);
  closeSync(handle);
};
