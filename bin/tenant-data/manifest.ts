import { createHash } from 'node:crypto';
import * as z from 'zod';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const FileEntry = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+\.ndjson$/),
  lines: z.int().min(0),
  bytes: z.int().min(0),
  sha256,
});
export type FileEntry = z.output<typeof FileEntry>;

const LeftOut = z.strictObject({ what: z.string(), why: z.string() });

/** What an export says of itself. It is written last: a folder without one is not finished. */
export const Manifest = z.strictObject({
  format: z.literal(1),
  tenant: z.string(),
  slug: z.string(),
  exportedAt: z.iso.datetime(),
  /** Key of the audit event that tells of it. */
  export: z.string(),
  files: z.array(FileEntry),
  /** Of `files`, as JSON without spaces. */
  filesSha256: sha256,
  leftOut: z.array(LeftOut),
});
export type Manifest = z.output<typeof Manifest>;

export const manifestName = 'manifest.json';

export const hashText = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');
export const hashFiles = (files: readonly FileEntry[]): string => hashText(JSON.stringify(files));
export const manifestText = (manifest: Manifest): string => `${JSON.stringify(manifest, null, 2)}\n`;
