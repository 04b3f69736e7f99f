import { setTimeout as pause } from 'node:timers/promises';
import { becameOf, type Outcomes } from './became.ts';
import type { ImportResult } from './import-result.ts';
import { planImport } from './plan/plan-import.ts';
import { changedIn } from './plan/planned.ts';
import { readCatalog } from './read-catalog.ts';
import type { CatalogApi } from './send/catalog-api.ts';
import { sendPlan } from './send/send-plan.ts';

export interface ImportOptions {
  readonly paths: readonly string[];
  /** Nothing that changes anything is sent. */
  readonly isDryRun: boolean;
}

/** Hears how far it is: of `total`, or of a total that is not known yet. */
export type Progress = (step: { readonly doing: string; readonly done: number; readonly total?: number }) => void;

/** Others may change the tenant meanwhile: what they overtook is read and planned again, this often at most. */
const rounds = 4;

/** What was created in an earlier round was created, whatever a later one says; what was refused may be in by now. */
const joined = (before: Outcomes, after: Outcomes): Outcomes => {
  const all = new Map([...(before ?? [])].filter(([, outcome]) => outcome !== 'refused'));
  for (const [key, outcome] of after ?? []) if (all.get(key) !== 'created') all.set(key, outcome);
  return all;
};

/**
 * Brings the tenant's catalog to what the descriptors say. It reads what is there and sends what differs: to repeat it
 * changes nothing, and to repeat it after it was cut off ends where it would have ended.
 * @throws ProblemError when the API refuses to be asked at all
 */
export const importCatalog = async (
  api: CatalogApi,
  { paths, isDryRun }: ImportOptions,
  progress: Progress,
): Promise<ImportResult> => {
  progress({ doing: 'Reading files', done: 0 });
  const read = await readCatalog(paths);
  const { drafts, documents } = read;
  let outcomes: Outcomes;
  for (let round = 1; ; round += 1) {
    const tenant = await api.read((done) => progress({ doing: 'Reading the tenant', done }));
    const plan = planImport(drafts, tenant);
    const total = changedIn(plan).length;
    let done = 0;
    const told = (count: number): void => {
      done += count;
      progress({ doing: 'Sending', done, total });
    };
    const isSending = !isDryRun && total > 0;
    if (isSending) told(0);
    const sent = isSending ? await sendPlan(api, plan, told) : undefined;
    outcomes = joined(outcomes, sent?.outcomes);
    if (!sent?.isOvertaken || round === rounds) {
      const { became, implied } = becameOf(drafts, plan, isDryRun ? undefined : outcomes);
      const findings = [...read.findings, ...plan.findings, ...(sent?.findings ?? [])];
      return { isDryRun, documents, became: [...became, ...read.ended], implied, findings };
    }
    await pause(250 * 2 ** round);
  }
};
