import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { bundleSettings } from '../../lib/constructs/bundle.ts';

/** A folder with the bundle of a source file, from the root of the repository, as a function runs it. */
export const bundled = async (entry: string): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-drill-'));
  await build({
    ...bundleSettings,
    entryPoints: [resolve(import.meta.dirname, '../..', entry)],
    outfile: join(folder, 'index.js'),
  });
  writeFileSync(join(folder, 'package.json'), '{"type":"commonjs"}\n');
  return folder;
};
