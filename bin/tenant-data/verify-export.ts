import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError } from '../command-error.ts';
import { hashFiles, hashText, Manifest, manifestName } from './manifest.ts';
import { readEntry } from './read-entry.ts';

export interface Verified {
  readonly manifest: Manifest;
  /** SHA-256 of manifest.json itself: the receipt of an offboarding names it. */
  readonly manifestSha256: string;
  /** What is not as the manifest says, a line each. */
  readonly problems: readonly string[];
}

const readManifest = (folder: string): { readonly manifest: Manifest; readonly bytes: Buffer } => {
  const path = join(folder, manifestName);
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    throw new CommandError(
      `${path} cannot be read: this is no finished export. Repeat "npx ringfence tenants export" with this folder to finish it.`,
    );
  }
  try {
    return { manifest: Manifest.parse(JSON.parse(bytes.toString())), bytes };
  } catch {
    throw new CommandError(
      `${path} is damaged, or of a later version of Ringfence. Export again into an empty folder.`,
    );
  }
};

/** Reads every file of an export and compares it with the manifest. @throws CommandError when there is no manifest */
export const verifyExport = async (folder: string): Promise<Verified> => {
  const { manifest, bytes } = readManifest(folder);
  const problems: string[] = [];
  if (hashFiles(manifest.files) !== manifest.filesSha256)
    problems.push(`${manifestName}: its list of files is not the one it was written with`);
  for (const told of manifest.files) {
    const found = await readEntry(join(folder, told.name));
    if (!found) problems.push(`${told.name}: missing`);
    else if (found.sha256 !== told.sha256)
      problems.push(
        `${told.name}: ${found.lines} lines and ${found.bytes} bytes with SHA-256 ${found.sha256}, expected ${told.lines}, ${told.bytes} and ${told.sha256}`,
      );
  }
  const known = new Set([manifestName, ...manifest.files.map(({ name }) => name)]);
  for (const name of readdirSync(folder)) if (!known.has(name)) problems.push(`${name}: not in the manifest`);
  return { manifest, manifestSha256: hashText(bytes), problems };
};
