import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TwinError } from '../../twin-error.ts';
import { writeDurably } from '../durable-file.ts';
import { isFields } from '../fields.ts';
import type { KeySpec, KeyState } from './key-store.ts';

/** What must survive a restart: without the material nothing that was encrypted opens again. */
export interface StoredKey {
  readonly id: string;
  readonly spec: KeySpec;
  /** 32 bytes, or a PKCS#8 private key, in base64. */
  readonly material: string;
  readonly state: KeyState;
  readonly createdAt: number;
}

export type StoredKeys = Readonly<Record<string, StoredKey>>;

const fileOf = (folder: string): string => join(folder, 'kms-keys.json');
const version = 1;

/** Keys by their identity in the template. Throws one line when the file is not one of ours. */
export const readKeys = (folder: string): StoredKeys => {
  const path = fileOf(folder);
  if (!existsSync(path)) return {};
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (isFields(value) && value.version === version && isFields(value.keys)) return value.keys as StoredKeys;
  } catch {
    // Said below.
  }
  throw new TwinError(`${path} is not a key file of version ${version}.`, 'Restore it, or empty the data folder.');
};

/** After a crash the old keys are there or the new, never half of them. */
export const writeKeys = (folder: string, keys: StoredKeys): void =>
  writeDurably(fileOf(folder), `${JSON.stringify({ version, keys }, null, 2)}\n`);
