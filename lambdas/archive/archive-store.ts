/** The newest object of the archive: what the next one follows. */
export interface Head {
  readonly sequence: number;
  readonly hash: string;
}

/** Where the archive is. Every step may fail, and may have been done when it fails. */
export interface ArchiveStore {
  /** What was remembered. It may be behind, or lost: the bucket decides. */
  head(): Promise<Head | undefined>;
  /** Remembers a newer head; an older one is left out. */
  moveHead(head: Head): Promise<void>;
  /** The first object numbered above this. */
  firstAfter(sequence: number): Promise<number | undefined>;
  /** @throws when it does not exist. */
  read(sequence: number): Promise<Uint8Array>;
  /** Never replaces: `taken` where there is one already, perhaps our own. */
  add(sequence: number, bytes: Uint8Array): Promise<'added' | 'taken'>;
}
