import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { callOperators } from '../call-operators.ts';
import { CommandError } from '../command-error.ts';
import type { OperatorsEndpoint } from '../operators-endpoint.ts';
import { type ExportState, forgetState, openFolder, readState, writeState } from './export-state.ts';
import { type FileEntry, hashFiles, type Manifest, manifestName, manifestText } from './manifest.ts';
import { readEntry } from './read-entry.ts';
import { type Verified, verifyExport } from './verify-export.ts';
import { unfinished, writeWhole } from './whole-file.ts';

/** A line for a person who waits. */
export type Tell = (line: string) => void;

export interface Exporting {
  readonly endpoint: OperatorsEndpoint;
  /** Where what is exported is read. */
  readonly exports: OperatorsEndpoint;
  readonly slug: string;
  readonly folder: string;
  readonly tell: Tell;
}

const begin = async ({ endpoint, slug, folder }: Exporting): Promise<ExportState> => {
  const state = await callOperators<ExportState>(endpoint, { command: 'export', slug });
  await writeState(folder, state);
  return state;
};

interface Page {
  readonly items: readonly unknown[];
  readonly next?: string;
}

/** One file from its first page to its last. What was cut off before is read anew. */
const writeFile = async ({ exports, slug, folder, tell }: Exporting, state: ExportState, file: string) => {
  let lines = 0;
  await writeWhole(join(folder, `${file}.ndjson`), async (handle) => {
    for (let after: string | undefined, more = true; more; ) {
      const command = { command: 'export-page', slug, export: state.export, file, ...(after && { after }) };
      const { items, next }: Page = await callOperators<Page>(exports, command);
      await handle.writeFile(items.map((item) => `${JSON.stringify(item)}\n`).join(''));
      lines += items.length;
      after = next;
      more = next !== undefined;
      if (more) tell(`${file}: ${lines} lines so far`);
    }
  });
};

const readFiles = async (exporting: Exporting, state: ExportState): Promise<readonly FileEntry[]> => {
  const { folder, tell } = exporting;
  const files: FileEntry[] = [];
  for (const file of state.files) {
    const path = join(folder, `${file}.ndjson`);
    await rm(path + unfinished, { force: true });
    if (!existsSync(path)) await writeFile(exporting, state, file);
    const entry = await readEntry(path);
    if (!entry) throw new CommandError(`${path} was taken away while the export ran. Repeat the command.`);
    tell(`${entry.name}: ${entry.lines} lines, ${entry.bytes} bytes`);
    files.push(entry);
  }
  return files;
};

/** The export that was begun here goes on; one that the function knows no more is begun anew. */
const finished = async (exporting: Exporting): Promise<Manifest> => {
  const { folder, slug } = exporting;
  const known = readState(folder, slug);
  let state = known ?? (await begin(exporting));
  const files = await readFiles(exporting, state).catch(async (error: unknown) => {
    const isTooOld = error instanceof CommandError && error.exitCode === 2;
    if (!known || !isTooOld) throw error;
    state = await begin(exporting);
    return readFiles(exporting, state);
  });
  const { tenant, at: exportedAt, leftOut } = state;
  const filesSha256 = hashFiles(files);
  return { format: 1, tenant, slug, exportedAt, export: state.export, files: [...files], filesSha256, leftOut };
};

/**
 * Exports a tenant into a folder. One that was cut off goes on where a file ended; one that is finished is verified, and
 * nothing is read again. The manifest is written last.
 * @throws CommandError
 */
export const exportTenant = async (exporting: Exporting): Promise<Verified> => {
  const { folder, slug, tell } = exporting;
  openFolder(folder);
  const path = join(folder, manifestName);
  if (existsSync(path)) tell('This export was finished before: its files are compared with its manifest.');
  else {
    const text = manifestText(await finished(exporting));
    await writeWhole(path, (file) => file.writeFile(text));
  }
  await forgetState(folder);
  const verified = await verifyExport(folder);
  const { manifest, problems } = verified;
  if (manifest.slug !== slug)
    throw new CommandError(`${folder} holds an export of ${manifest.slug}: name another folder.`);
  if (problems.length > 0)
    throw new CommandError(
      `${folder} is not as its manifest says: ${problems.join('; ')}. Export again into an empty folder.`,
    );
  return verified;
};
