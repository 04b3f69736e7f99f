import type { Client } from '../../lambdas/client.ts';
import { exportCatalog } from './export/export-catalog.ts';
import { exportFiles, exportText } from './export/export-files.ts';
import { writeOut } from './export/write-out.ts';
import { writeWhole } from './export/write-whole.ts';
import { progressOn } from './report/progress.ts';
import { catalogApi } from './send/catalog-api.ts';

/** `ringfence catalog export`: writes the catalog, to `out` or standard output; `tell` hears what a person wants to know. */
export const runExport = async (
  client: Client,
  out: string | undefined,
  tell: (line: string) => void,
): Promise<void> => {
  const { told, end } = progressOn(process.stderr);
  const read = (done: number): void => told({ doing: 'Reading the tenant', done });
  const tenant = await catalogApi(client).read(read).finally(end);
  const exported = exportCatalog(tenant, (name, alias) =>
    tell(`"${name}" has no alias, by which descriptors name things: it is exported as "${alias}".`),
  );
  if (out === undefined) return writeOut(exportText(exported));
  const files = exportFiles(exported, out);
  await writeWhole(files);
  const documents = Object.values(exported).reduce((sum, { length }) => sum + length, 0);
  tell(
    `${documents.toLocaleString('en')} documents in ${[...files.keys()].join(', ')}. Next: npx ringfence catalog import ${out} brings them in elsewhere.`,
  );
};
