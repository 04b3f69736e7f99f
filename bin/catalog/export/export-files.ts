import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Exported } from './export-catalog.ts';
import { yamlText } from './yaml-text.ts';

const kinds = ['groups', 'users', 'components', 'apis', 'resources'] as const;

/** All descriptors as one text: teams, people, services, repositories. */
export const exportText = (exported: Exported): string =>
  kinds.flatMap((kind) => exported[kind].map(yamlText)).join('');

const isFolder = (path: string): boolean => {
  try {
    return statSync(path).isDirectory();
  } catch {
    return path.endsWith('/');
  }
};

/** What to write where: one file, or in a folder one for each kind, also for those of which there is none. */
export const exportFiles = (exported: Exported, out: string): ReadonlyMap<string, string> => {
  if (!isFolder(out)) return new Map([[out, exportText(exported)]]);
  return new Map(
    kinds.map((kind) => [
      join(out, `${kind}.yaml`),
      exported[kind].length > 0 ? exported[kind].map(yamlText).join('') : `# The catalog has no ${kind}.\n`,
    ]),
  );
};
