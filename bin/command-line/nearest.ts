/** How many letters differ, two neighbours that changed places counting once (optimal string alignment). */
const distance = (a: string, b: string): number => {
  let older: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 0; i < a.length; i += 1) {
    const row = [i + 1];
    for (let j = 0; j < b.length; j += 1) {
      const isSwap = i > 0 && j > 0 && a[i] === b[j - 1] && a[i - 1] === b[j];
      const swapped = isSwap ? (older[j - 1] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      const replaced = (last[j] ?? 0) + (a[i] === b[j] ? 0 : 1);
      row.push(Math.min((last[j + 1] ?? 0) + 1, (row[j] ?? 0) + 1, replaced, swapped));
    }
    older = last;
    last = row;
  }
  return last[b.length] ?? 0;
};

/** The known word that was probably meant: one that begins so, or one that differs in at most a third of its letters. */
export const nearest = (word: string, known: readonly string[]): string | undefined => {
  const ranked = known
    .map((each) => ({ each, off: word.length > 1 && each.startsWith(word) ? 0 : distance(word.slice(0, 40), each) }))
    .sort((a, b) => a.off - b.off);
  const [first] = ranked;
  return first && first.off <= Math.max(1, Math.floor(first.each.length / 3)) ? first.each : undefined;
};
