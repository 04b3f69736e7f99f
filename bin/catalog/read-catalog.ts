import { describe } from './descriptors/describe.ts';
import type { AnyDraft, Origin } from './descriptors/drafts.ts';
import { referenceText } from './descriptors/reference.ts';
import type { Finding } from './finding.ts';
import type { Became } from './import-result.ts';
import { type DraftSet, draftSet } from './plan/draft-set.ts';
import { readDocuments } from './read/read-documents.ts';

/** What files and folders say, before anything is asked of the tenant. */
export interface ReadCatalog {
  readonly drafts: DraftSet;
  /** Documents that end here. */
  readonly ended: readonly Became[];
  readonly documents: number;
  readonly findings: readonly Finding[];
}

/** Reads and understands all descriptors. Whatever is wrong with one is a finding, and the next is read. */
export const readCatalog = async (paths: readonly string[]): Promise<ReadCatalog> => {
  const findings: Finding[] = [];
  const report = (finding: Finding): void => void findings.push(finding);
  const drafts: AnyDraft[] = [];
  const refused: Origin[] = [];
  const ended: Became[] = [];
  let unreadable = 0;
  const reportRead = (finding: Finding): void => {
    report(finding);
    if (finding.weight === 'refused') unreadable += 1;
  };
  let documents = 0;
  for await (const document of readDocuments(paths, reportRead)) {
    documents += 1;
    const { file, line } = document;
    const became = describe(document, report);
    if ('draft' in became) drafts.push(became.draft);
    else {
      const reference = became.origin && referenceText(became.origin.reference);
      ended.push({ kind: became.kind, outcome: became.is, file, line, ...(reference && { document: reference }) });
      if (became.origin) refused.push(became.origin);
    }
  }
  for (let at = 0; at < unreadable; at += 1) ended.push({ kind: '(unreadable)', outcome: 'refused' });
  const set = draftSet(drafts, refused, report);
  for (const origin of set.dropped) {
    const { kind, file, line, reference } = origin;
    ended.push({ kind, outcome: 'refused', file, line, document: referenceText(reference) });
  }
  return { drafts: set, ended, documents: documents + unreadable, findings };
};
