/** Where a value is in a document: names of fields and indexes of lists. */
export type Path = readonly (string | number)[];

/** A YAML document as plain values, and where they are in the file. */
export interface ParsedDocument {
  readonly value: unknown;
  /** The line of the file that a value begins on; of what is missing, the nearest that holds it. */
  readonly lineOf: (path: Path) => number;
}

export interface YamlFault {
  readonly line: number;
  readonly reason: string;
}
