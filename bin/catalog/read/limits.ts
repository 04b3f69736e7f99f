const mebi = 1024 * 1024;

/** What an import reads at most: its memory stays bounded whatever it is given. */
export const limits = {
  /** Of one file. An export of twenty thousand services is smaller. */
  fileBytes: 16 * mebi,
  /** Of all files together. */
  allBytes: 64 * mebi,
  /** Of one document: descriptors have a few hundred. */
  documentCharacters: 256 * 1024,
  expandedCharacters: 1024 * 1024,
  documents: 50_000,
  files: 10_000,
  /** Aliases (`*name`) that a document may expand to, after which it is taken for an attack. */
  expandedAliases: 100,
} as const;

export const inMebibytes = (bytes: number): string => `${(bytes / mebi).toFixed(bytes % mebi === 0 ? 0 : 1)} MiB`;
