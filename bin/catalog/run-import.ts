import type { Client } from '../../lambdas/client.ts';
import { jsonText } from '../command-line/harmless.ts';
import { note } from '../command-line/say.ts';
import { importCatalog, type Progress } from './import-catalog.ts';
import { importText, isRefusing } from './report/import-text.ts';
import { progressOn } from './report/progress.ts';
import { catalogApi } from './send/catalog-api.ts';

export interface ImportCall {
  readonly paths: readonly string[];
  readonly isDryRun: boolean;
  readonly isVerbose: boolean;
  readonly isJson: boolean;
}

/** Says, of an import that the API or the network cut off, that nothing has to be undone. */
const cutOff = (hasSent: boolean): void => {
  if (hasSent) note('The import was cut off. What is in already stays; run it again, and it goes on from there.');
};

/** `ringfence catalog import`: resolves to what to print and the exit code. */
export const runImport = async (client: Client, { paths, isDryRun, isVerbose, isJson }: ImportCall) => {
  const { told, end } = progressOn(process.stderr);
  let hasSent = false;
  const progress: Progress = (step) => {
    hasSent ||= step.doing === 'Sending';
    told(step);
  };
  const result = await importCatalog(catalogApi(client), { paths, isDryRun }, progress)
    .finally(end)
    .catch((error: unknown) => {
      cutOff(hasSent);
      throw error;
    });
  const text = isJson ? jsonText(result, 2) : importText(result, isVerbose);
  return { text, exitCode: isRefusing(result) || result.documents === 0 ? 1 : 0 };
};
