import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { packagesFolder } from './packages.ts';

/** A folder of a test's own from which the installed packages are found. It is gone afterwards. */
export const inPackages = async <T>(use: (folder: string) => Promise<T>): Promise<T> => {
  const folder = mkdtempSync(join(packagesFolder(), 'test-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

export const copied = (from: string, folder: string, name: string): string => {
  const to = join(folder, name);
  cpSync(from, to);
  return to;
};
