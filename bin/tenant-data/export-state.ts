import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { CommandError } from '../command-error.ts';
import { manifestName } from './manifest.ts';
import { unfinished, writeWhole } from './whole-file.ts';

/** What the operators' function said when the export began: kept beside the files until all are written. */
const ExportState = z.object({
  slug: z.string(),
  tenant: z.string(),
  export: z.string(),
  at: z.iso.datetime(),
  files: z.array(z.string().regex(/^[a-z0-9-]+$/)),
  leftOut: z.array(z.object({ what: z.string(), why: z.string() })),
});
export type ExportState = z.output<typeof ExportState>;

const stateName = 'unfinished-export.json';
const isOurs = (name: string): boolean =>
  name === stateName || name === manifestName || name.endsWith('.ndjson') || name.endsWith(unfinished);

/** Makes the folder, or takes one over that is empty or holds an export. @throws CommandError */
export const openFolder = (folder: string): void => {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const names = readdirSync(folder);
    const isExport = names.includes(stateName) || names.includes(manifestName);
    const stranger = names.find((name) => !isExport || !isOurs(name));
    if (stranger !== undefined)
      throw new CommandError(`${folder} holds "${stranger}", which is of no export: name an empty folder.`);
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`${folder} cannot be used: ${(error as NodeJS.ErrnoException).code}. Name another folder.`);
  }
};

/** The export that was begun here and not finished. @throws CommandError when it is another tenant's */
export const readState = (folder: string, slug: string): ExportState | undefined => {
  const path = join(folder, stateName);
  if (!existsSync(path)) return undefined;
  const parsed = ExportState.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!parsed.success) throw new CommandError(`${path} is damaged: name an empty folder.`);
  if (parsed.data.slug !== slug)
    throw new CommandError(`${folder} holds an unfinished export of ${parsed.data.slug}: name another folder.`);
  return parsed.data;
};

/** Begins in the folder. Files of an earlier attempt tell of another moment: they go. */
export const writeState = async (folder: string, state: ExportState): Promise<void> => {
  for (const name of readdirSync(folder)) if (isOurs(name)) await rm(join(folder, name));
  await writeWhole(join(folder, stateName), (file) => file.writeFile(JSON.stringify(state)));
};

/** Nothing is unfinished any more. */
export const forgetState = (folder: string): Promise<void> => rm(join(folder, stateName), { force: true });
