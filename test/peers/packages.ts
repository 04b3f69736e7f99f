import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Manifest {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}
const manifestIn = (folder: string): Manifest => {
  const file = join(folder, 'package.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Manifest) : {};
};

/** What is installed there, with versions and hashes. */
export const pinned = join(import.meta.dirname, 'packages');

/** A copy of that folder in which it was installed: outside, so that none of it can become a dependency. */
const installed = process.env.PEERS_PACKAGES ?? '';

/** Whether every package is there, in the version that is wanted. */
export const hasPackages = (): boolean =>
  installed !== '' &&
  Object.entries(manifestIn(pinned).dependencies ?? {}).every(
    ([name, version]) => manifestIn(join(installed, 'node_modules', name)).version === version,
  );

export const packagesFolder = (): string => installed;

/** A file of an installed package. */
export const packageFile = (...path: readonly string[]): string => join(installed, 'node_modules', ...path);
