import type { Client } from '../../lambdas/client.ts';
import { importCatalog } from './import-catalog.ts';
import { importText, isRefusing } from './report/import-text.ts';
import { progressOn } from './report/progress.ts';
import { catalogApi } from './send/catalog-api.ts';

export interface ImportCall {
  readonly paths: readonly string[];
  readonly isDryRun: boolean;
  readonly isVerbose: boolean;
  readonly isJson: boolean;
}

/** `ringfence catalog import`: resolves to what to print and the exit code. */
export const runImport = async (client: Client, { paths, isDryRun, isVerbose, isJson }: ImportCall) => {
  const { told, end } = progressOn(process.stderr);
  const result = await importCatalog(catalogApi(client), { paths, isDryRun }, told).finally(end);
  const text = isJson ? JSON.stringify(result, null, 2) : importText(result, isVerbose);
  return { text, exitCode: isRefusing(result) || result.documents === 0 ? 1 : 0 };
};
