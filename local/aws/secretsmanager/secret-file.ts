import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TwinError } from '../../twin-error.ts';
import { writeDurably } from '../durable-file.ts';
import { isFields } from '../fields.ts';
import type { Versions } from './secret.ts';

/** What survives a restart; everything else is the template's. */
export interface StoredSecret {
  readonly createdAt: number;
  readonly versions: Versions;
}

export type StoredSecrets = Readonly<Record<string, StoredSecret>>;

const fileOf = (folder: string): string => join(folder, 'secrets.json');
const version = 1;

/** Secrets by name. Throws one line when the file is not one of ours. */
export const readSecrets = (folder: string): StoredSecrets => {
  const path = fileOf(folder);
  if (!existsSync(path)) return {};
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (isFields(value) && value.version === version && isFields(value.secrets)) return value.secrets as StoredSecrets;
  } catch {
    // Said below.
  }
  throw new TwinError(
    `${path} is not a file of secrets of version ${version}.`,
    'Restore it, or empty the data folder.',
  );
};

/** In the clear, as the keys beside it are: to encrypt under a key that lies in the same folder would only look safer. */
export const writeSecrets = (folder: string, secrets: StoredSecrets): void =>
  writeDurably(fileOf(folder), `${JSON.stringify({ version, secrets }, null, 2)}\n`);
