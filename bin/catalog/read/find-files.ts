import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Report } from '../finding.ts';
import { fileFault } from './file-fault.ts';
import { limits } from './limits.ts';

interface Search {
  readonly files: string[];
  /** Real paths, so that links neither loop nor bring a file twice. */
  readonly seen: Set<string>;
  readonly report: Report;
}

const isYaml = (path: string): boolean => /\.ya?ml$/i.test(path);
const isPassedBy = (folder: string): boolean => folder.startsWith('.') || folder === 'node_modules';

const visitFolder = async (folder: string, search: Search): Promise<void> => {
  const entries = await readdir(folder, { withFileTypes: true });
  // In one order everywhere: which of two documents of one name is the first must not depend on the disk.
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && isPassedBy(entry.name))
      search.report({ weight: 'note', file: path, reason: 'hidden folders and node_modules are not searched' });
    else if (entry.isDirectory() || entry.isSymbolicLink() || isYaml(entry.name)) await visit(path, search, false);
  }
};

const visit = async (path: string, search: Search, isNamed: boolean): Promise<void> => {
  const { files, seen, report } = search;
  try {
    const real = await realpath(path);
    if (seen.has(real))
      return report({ weight: 'note', file: path, reason: 'leads to what was found before: read once' });
    seen.add(real);
    if ((await stat(real)).isDirectory()) return await visitFolder(path, search);
    if (!isNamed && !isYaml(path)) return;
    if (files.length < limits.files) files.push(path);
    else report({ weight: 'refused', file: path, reason: `is past the ${limits.files} files that one import reads` });
  } catch (error) {
    report({ weight: isNamed || isYaml(path) ? 'refused' : 'note', file: path, reason: fileFault(error) });
  }
};

/** The files to read: those named, and of named folders every .yaml and .yml below. Always in the same order. */
export const findFiles = async (paths: readonly string[], report: Report): Promise<readonly string[]> => {
  const search: Search = { files: [], seen: new Set(), report };
  for (const path of paths) await visit(path, search, true);
  return search.files;
};
