import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeDurably } from '../aws/durable-file.ts';
import { isObject } from '../template/json.ts';
import { TwinError } from '../twin-error.ts';

/** How far functions have come in their streams. */
export interface Positions {
  get(mapping: string): string | undefined;
  /** On disk when it returns. */
  set(mapping: string, sequence: string): void;
}

const version = 1;

/** In the data folder, or in memory when there is none. Throws one line when the file is not one of ours. */
export const createPositions = (folder: string | undefined): Positions => {
  const path = folder === undefined ? undefined : join(folder, 'stream-positions.json');
  let positions: Readonly<Record<string, string>> = path === undefined ? {} : read(path);
  return {
    get: (mapping) => (Object.hasOwn(positions, mapping) ? positions[mapping] : undefined),
    set: (mapping, sequence) => {
      positions = { ...positions, [mapping]: sequence };
      if (path !== undefined) writeDurably(path, `${JSON.stringify({ version, positions }, null, 2)}\n`);
    },
  };
};

const read = (path: string): Readonly<Record<string, string>> => {
  if (!existsSync(path)) return {};
  try {
    const value = JSON.parse(readFileSync(path, 'utf8'));
    if (isObject(value) && value.version === version && isObject(value.positions))
      return value.positions as Readonly<Record<string, string>>;
  } catch {
    // Said below.
  }
  throw new TwinError(
    `${path} is not a file of stream positions of version ${version}.`,
    'Restore it, or empty the data folder.',
  );
};
