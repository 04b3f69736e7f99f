/** What did not go in as it was written, or is good to know. */
export interface Finding {
  /**
   * `refused`: the document, or the whole file, did not go in. `left-out`: one value of it did not. `no-place`: the
   * catalog has no such field. `note`: nothing is lost.
   */
  readonly weight: 'refused' | 'left-out' | 'no-place' | 'note';
  readonly file: string;
  /** From 1. Absent where it is about the whole file. */
  readonly line?: number;
  /** `component:default/checkout` */
  readonly document?: string;
  /** `spec.owner` */
  readonly field?: string;
  readonly reason: string;
}

/** Takes what is found, in the order in which it is found. */
export type Report = (finding: Finding) => void;
