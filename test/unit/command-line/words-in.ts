/** The words of a line as a shell gives them, for lines without escapes: "…" holds together what has spaces. */
export const wordsIn = (line: string): readonly string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
