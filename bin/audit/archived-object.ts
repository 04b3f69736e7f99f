/** A version of an object, or a mark that it was deleted. */
export interface Version {
  readonly id: string;
  readonly isDeleteMarker: boolean;
  readonly at: Date;
}

export interface Lock {
  readonly mode: string;
  readonly until: Date;
}

/** An object of the archive as the bucket has it. */
export interface ArchivedObject {
  readonly key: string;
  /** Oldest first. */
  readonly versions: readonly [Version, ...Version[]];
  /** Of the oldest version that has any: what was put there first. Absent where only delete markers are left. */
  readonly bytes?: Uint8Array;
  readonly lock?: Lock;
}
