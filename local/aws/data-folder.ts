import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The given folder, kept; or a temporary one that `close` removes. Only its owner may read it: it holds keys. */
export const openDataFolder = (given: string | undefined): { readonly path: string; close(): void } => {
  if (given === undefined) {
    const path = mkdtempSync(join(tmpdir(), 'aws-twin-'));
    return { path, close: () => rmSync(path, { recursive: true, force: true }) };
  }
  mkdirSync(given, { recursive: true, mode: 0o700 });
  return { path: given, close: () => undefined };
};
