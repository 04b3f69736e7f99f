/** The text of one YAML document in a file. */
export interface DocumentText {
  readonly text: string;
  /** Its first line, from 1. */
  readonly line: number;
  /** After a `---`, so that it is a document even when it is empty. */
  readonly isMarked: boolean;
}

/**
 * The documents of a file, each to be parsed on its own: a fault in one does not reach the next, and memory is bounded
 * by the largest. `---` and `...` at the beginning of a line separate documents wherever they stand, in texts too.
 * Source: YAML 1.2.2, section 9.1
 */
export function* splitDocuments(text: string): Generator<DocumentText> {
  // Of its own making, because for JavaScript a line also ends where for YAML it does not.
  const marker = /(?<![^\n])(---|\.\.\.)(?=[ \t\r\n]|$)/g;
  let start = 0;
  let line = 1;
  let isMarked = false;
  const upTo = (end: number): DocumentText => ({ text: text.slice(start, end), line, isMarked });
  for (const match of text.matchAll(marker)) {
    if (match.index > start) {
      const before = upTo(match.index);
      yield before;
      line += before.text.split('\n').length - 1;
    }
    // The end marker is no part of what follows it.
    start = match[0] === '...' ? match.index + 3 : match.index;
    isMarked = match[0] === '---';
  }
  if (start < text.length) yield upTo(text.length);
}
