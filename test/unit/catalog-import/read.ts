import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { exportCatalog } from '../../../bin/catalog/export/export-catalog.ts';
import { exportText } from '../../../bin/catalog/export/export-files.ts';
import type { Finding } from '../../../bin/catalog/finding.ts';
import { importCatalog } from '../../../bin/catalog/import-catalog.ts';
import type { ImportResult } from '../../../bin/catalog/import-result.ts';
import type { CatalogApi } from '../../../bin/catalog/send/catalog-api.ts';

export type Files = Readonly<Record<string, string | Buffer>>;

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** A folder of its own, with these files in it. */
export const folderWith = (files: Files): string => {
  const folder = mkdtempSync(join(tmpdir(), 'catalog-'));
  made.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
};

const silent = () => undefined;

/** Imports a folder, and names its files from there. */
export const importFolder = async (api: CatalogApi, folder: string, isDryRun = false): Promise<ImportResult> => {
  const result = await importCatalog(api, { paths: [folder], isDryRun }, silent);
  return {
    ...result,
    findings: result.findings.map((finding) => ({ ...finding, file: relative(folder, finding.file) })),
  };
};

/** Imports files. */
export const importFiles = (api: CatalogApi, files: Files, isDryRun = false): Promise<ImportResult> =>
  importFolder(api, folderWith(files), isDryRun);

/** `a.yaml:3 spec.owner left-out` */
export const brief = ({ file, line, field, weight }: Finding): string =>
  [`${file}${line === undefined ? '' : `:${line}`}`, field, weight].filter(Boolean).join(' ');

export const exportOf = async (api: CatalogApi): Promise<string> => exportText(exportCatalog(await api.read(), silent));

/** A descriptor, with more of its metadata and spec as lines of YAML. */
export const descriptorText = (
  kind: string,
  name: string,
  { metadata = [], spec = [] }: { readonly metadata?: readonly string[]; readonly spec?: readonly string[] } = {},
): string =>
  [
    '---',
    'apiVersion: backstage.io/v1alpha1',
    `kind: ${kind}`,
    'metadata:',
    `  name: ${name}`,
    ...metadata.map((line) => `  ${line}`),
    'spec:',
    '  type: service',
    ...spec.map((line) => `  ${line}`),
    '',
  ].join('\n');
