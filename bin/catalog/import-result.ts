import type { Finding } from './finding.ts';

export type Outcome = 'created' | 'changed' | 'unchanged' | 'read' | 'refused' | 'passed';

/** What became of one document, or of a thing that documents only speak of. */
export interface Became {
  /** `Component`, or of what has no document of its own, `Repository`. */
  readonly kind: string;
  readonly outcome: Outcome;
  readonly file?: string;
  readonly line?: number;
  readonly document?: string;
  /** Names of the fields that changed. */
  readonly changed?: readonly string[];
}

export interface ImportResult {
  readonly isDryRun: boolean;
  /** How many documents were read. */
  readonly documents: number;
  readonly became: readonly Became[];
  /** What has no document of its own: repositories, and what is in the tenant already. */
  readonly implied: readonly Became[];
  readonly findings: readonly Finding[];
}
