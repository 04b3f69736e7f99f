import type { Origin, Pointer } from '../descriptors/drafts.ts';
import { fieldText } from '../descriptors/field-reader.ts';
import { referenceText } from '../descriptors/reference.ts';
import type { TenantCatalog } from '../entries.ts';
import type { Finding, Report } from '../finding.ts';
import type { Directory, Found } from './directory.ts';
import type { DraftSet } from './draft-set.ts';

/** What all of planning works from. */
export interface PlanContext {
  readonly drafts: DraftSet;
  readonly tenant: TenantCatalog;
  readonly directory: Directory;
  readonly report: Report;
}

/** A finding about one field of a document. */
export const about = (origin: Origin, path: Pointer['path'], weight: Finding['weight'], reason: string): Finding => ({
  weight,
  file: origin.file,
  line: origin.lineOf(path),
  document: referenceText(origin.reference),
  field: fieldText(path),
  reason,
});

/** What a pointer leads to; undefined, and told, when it leads nowhere. */
export const followed = (
  { report }: PlanContext,
  origin: Origin,
  { pointer, found }: { readonly pointer: Pointer; readonly found: Found },
): string | undefined => {
  if ('key' in found) return found.key;
  report(about(origin, pointer.path, 'left-out', found.reason));
  return undefined;
};
