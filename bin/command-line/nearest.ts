/** How many letters differ, swapped neighbours counting once: Damerau–Levenshtein, with adjacent transpositions. */
const distance = (a: string, b: string): number => {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i, ...Array<number>(b.length).fill(0)]);
  const at = (i: number, j: number): number => rows[i]?.[j] ?? (i < 0 || j < 0 ? Number.POSITIVE_INFINITY : j);
  rows[0] = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a[i - 1] === b[j - 1];
      const isSwap = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const row = rows[i];
      if (!row) continue;
      row[j] = Math.min(
        at(i - 1, j) + 1,
        at(i, j - 1) + 1,
        at(i - 1, j - 1) + (isSame ? 0 : 1),
        ...(isSwap ? [at(i - 2, j - 2) + 1] : []),
      );
    }
  }
  return at(a.length, b.length);
};

/** The known word that was probably meant: one that begins so, or one that differs in at most a third of its letters. */
export const nearest = (word: string, known: readonly string[]): string | undefined => {
  const ranked = known
    .map((each) => ({ each, off: word.length > 1 && each.startsWith(word) ? 0 : distance(word.slice(0, 40), each) }))
    .sort((a, b) => a.off - b.off);
  const [first] = ranked;
  return first && first.off <= Math.max(1, Math.floor(first.each.length / 3)) ? first.each : undefined;
};
